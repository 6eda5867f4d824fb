import { runProgram } from './run-program';
import { runStandalone } from './standalone';

runProgram(() => runStandalone(process.env));
