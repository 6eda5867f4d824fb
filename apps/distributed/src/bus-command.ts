import { runProgram } from '../../standalone/src/run-program';
import { runBusCommand } from './bus/run-bus-command';
import { terminal } from './bus/terminal';

runProgram(async () => {
  process.exitCode = await runBusCommand(process.env, process.argv.slice(2), terminal);
});
