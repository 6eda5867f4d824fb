import { createInterface } from 'node:readline/promises';

/** Where a command talks to its operator. */
export interface Terminal {
  say: (text: string) => void;
  /** Beside the output, so that it does not get into a file with it. */
  warn: (text: string) => void;
  /** Asks for a yes; undefined where nobody can be asked. */
  ask: ((question: string) => Promise<boolean>) | undefined;
}

export const terminal: Terminal = {
  say: (text) => process.stdout.write(`${text}\n`),
  warn: (text) => process.stderr.write(`${text}\n`),
  ask: process.stdin.isTTY ? ask : undefined,
};

async function ask(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
  } finally {
    lines.close();
  }
}
