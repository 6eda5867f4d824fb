import { parseArgs } from 'node:util';
import { StartError } from '../../../standalone/src/start-error';

/** Which dead letters are meant: some by their ids, or all of a group. */
export type Choice = { ids: readonly string[] } | { group: string };

export type BusCommand =
  | { verb: 'help' }
  | { verb: 'lag'; json: boolean }
  | { verb: 'dead'; group: string | undefined; json: boolean; body: boolean }
  | { verb: 'replay'; choice: Choice }
  | { verb: 'skip'; choice: Choice; yes: boolean }
  | { verb: 'move' };

export const usage = `npm run bus -- lag [--json]                 how far each group is, and what failed
npm run bus -- dead [GROUP] [--json]        events that failed for good, and what waits behind them
                    [--body]                with what people wrote
npm run bus -- replay ID… | --group G --all has them tried again; what waits follows in order
npm run bus -- skip ID… | --group G --all   gives them up; what waits follows in order
                    [--yes]                 without asking
npm run bus -- move                         from one process to the distributed shape, Cordboard stopped`;

const options = {
  json: { type: 'boolean', default: false },
  body: { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  all: { type: 'boolean', default: false },
  group: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** Flags that a command takes. */
const flagsOf: Record<string, readonly (keyof typeof options)[]> = {
  lag: ['json'],
  dead: ['json', 'body'],
  replay: ['group', 'all'],
  skip: ['group', 'all', 'yes'],
  move: [],
};

/** Reads the command line. Throws StartError with one line, and the usage, for what makes no sense. */
export function readBusCommand(args: readonly string[]): BusCommand {
  const { values, positionals } = parse(args);
  const [verb, ...rest] = positionals;
  if (verb === undefined || values.help) return { verb: 'help' };
  const flags = flagsOf[verb];
  if (!flags) throw wrong(`There is no command ${verb}.`);
  const strange = Object.entries(values).find(([name, value]) => value && !flags.some((flag) => flag === name));
  if (strange) throw wrong(`${verb} has no --${strange[0]}.`);
  const { json, body, yes } = values;
  if (verb === 'replay') return { verb, choice: choiceOf(verb, rest, values) };
  if (verb === 'skip') return { verb, choice: choiceOf(verb, rest, values), yes };
  if (verb === 'dead' && rest.length < 2) return { verb, group: rest[0], json, body };
  if (rest.length > 0) throw wrong(`${verb} does not know what to do with ${rest.join(' ')}.`);
  return verb === 'lag' ? { verb, json } : { verb: 'move' };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw wrong((error as Error).message);
  }
}

function choiceOf(verb: string, ids: readonly string[], { group, all }: { group?: string; all: boolean }): Choice {
  if (group && all && ids.length === 0) return { group };
  if (group || all || ids.length === 0) throw wrong(`${verb} takes ids, or --group G --all.`);
  const strange = ids.find((id) => !/^[1-9]\d{0,17}$/.test(id));
  if (strange) throw wrong(`${strange} is no id of a letter; dead lists them.`);
  return { ids };
}

const wrong = (line: string) => new StartError(`${line}\n\n${usage}`);
