import { parseArgs } from 'node:util';

export type Verb = 'start' | 'stop' | 'status';

export interface KafkaToolOptions {
  verb: Verb;
  /** One, or three that replicate to each other. */
  nodes: 1 | 3;
  /** Of the first node; the others follow it. */
  port: number;
}

export const usage = `npm run kafka [-- start|stop|status] [options]
  --nodes 1|3    three nodes keep three copies and accept what two of them have; 1
  --port 9092    of the first node on 127.0.0.1; each node takes two ports`;

/** Reads the command line; throws with one line for what makes no sense. */
export function readOptions(args: readonly string[]): KafkaToolOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { nodes: { type: 'string', default: '1' }, port: { type: 'string', default: '9092' } },
  });
  const [verb = 'start', ...more] = positionals;
  if (!isVerb(verb) || more.length > 0) throw new Error(`There is no command ${positionals.join(' ')}. Commands: start, stop, status.`);
  const nodes = Number(values.nodes);
  if (nodes !== 1 && nodes !== 3) throw new Error(`--nodes: ${values.nodes} is neither 1 nor 3.`);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1024 || port > 65_000) throw new Error(`--port: ${values.port} is not a port from 1024 to 65000.`);
  return { verb, nodes, port };
}

const isVerb = (verb: string): verb is Verb => verb === 'start' || verb === 'stop' || verb === 'status';
