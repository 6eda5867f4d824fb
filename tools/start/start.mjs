// `npm start`: Cordboard in one process.
import { runProgram } from './run-program.mjs';

await runProgram('dist/standalone/main.js');
