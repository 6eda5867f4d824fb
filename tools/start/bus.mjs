// `npm run bus -- lag|dead|replay|skip|move`: the operator's hand on events. Without arguments it lists its options.
import { runProgram } from './run-program.mjs';

await runProgram('dist/distributed/bus.js', process.argv.slice(2));
