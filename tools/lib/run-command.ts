import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** How a command ended, with everything it wrote to either stream, and what it wrote to standard output alone. */
export interface CommandResult {
  code: number;
  output: string;
  stdout: string;
}

/** Runs a command to its end without a terminal. A command that a signal ended, or that is not there, has code 1. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string | undefined>; timeoutMs?: number } = {},
): Promise<CommandResult> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, FORCE_COLOR: '0', NX_TUI: 'false', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: options.timeoutMs,
  });
  let output = '';
  let stdout = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      if (stream === child.stdout) stdout += chunk;
    });
  }
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return { code: code ?? 1, stdout, output: code === null ? `${output}\n${command} was ended by a signal.` : output };
  } catch (error) {
    return { code: 1, stdout, output: `${output}\n${String(error)}` };
  }
}

/** The program of an installed package, as `npx` would find it. */
export const binary = (name: string) => `node_modules/.bin/${name}`;
