import { OperationalError } from '@cordboard/rpc';
import { DatabaseError } from 'pg';
import { StartError } from '../../../standalone/src/start-error';
import { tellDead } from './dead';
import { replay, skip } from './decide';
import { tellLag } from './lag';
import { move } from './move';
import { type OpenBus, openBus } from './open-bus';
import { type BusCommand, readBusCommand, usage } from './options';
import type { Terminal } from './terminal';

/** `undefined_function`, `undefined_table`, `undefined_column`: https://www.postgresql.org/docs/18/errcodes-appendix.html */
const olderSchema = new Set(['42883', '42P01', '42703']);

/** Runs a command line of the bus; resolves to the exit code. Throws StartError with one line for what the operator can mend. */
export async function runBusCommand(environment: NodeJS.ProcessEnv, args: readonly string[], terminal: Terminal): Promise<number> {
  const command = readBusCommand(args);
  if (command.verb === 'help') {
    terminal.say(usage);
    return 0;
  }
  try {
    if (command.verb === 'move') return await move(environment, terminal);
    const bus = await openBus(environment);
    return await run(bus, command, environment, terminal).finally(() => bus.close());
  } catch (error) {
    if (error instanceof OperationalError) throw new StartError(error.message);
    if (error instanceof DatabaseError && olderSchema.has(error.code ?? '')) {
      throw new StartError('The data is of an older version. Start Cordboard once with this version, then try again.');
    }
    throw error;
  }
}

function run(
  bus: OpenBus,
  command: Exclude<BusCommand, { verb: 'help' | 'move' }>,
  environment: NodeJS.ProcessEnv,
  terminal: Terminal,
): Promise<number> {
  switch (command.verb) {
    case 'lag':
      return tellLag(bus, environment, command.json, terminal);
    case 'dead':
      return tellDead(bus, command, terminal);
    case 'replay':
      return replay(bus, command.choice, terminal);
    case 'skip':
      return skip(bus, command.choice, command.yes, terminal);
  }
}
