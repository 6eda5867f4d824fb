import { ConfigError } from '@cordboard/service-kit';
import { StartError } from './start-error';

/** Runs a program; what the person at the terminal can mend is told in one line, and the exit code is 1. */
export function runProgram(program: () => Promise<void>): void {
  program().catch((error: unknown) => {
    console.error(error instanceof ConfigError || error instanceof StartError ? error.message : error);
    process.exit(1);
  });
}
