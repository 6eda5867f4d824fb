import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Process and port of the PostgreSQL that has this data folder, as its lock file says; nothing where there is none. */
export function readPostmaster(dataDir: string): { pid: number; port: number } | undefined {
  try {
    // Process id, data folder, start time, port …
    const [pid, , , port] = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(pid), port: Number(port) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whether a process of this id runs, or has ended and nobody has asked how. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
