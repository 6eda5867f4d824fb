// `npm run start:distributed`: PostgreSQL, Kafka and every service in processes of their own.
import { runProgram } from './run-program.mjs';

await runProgram('dist/distributed/main.js', process.argv.slice(2));
