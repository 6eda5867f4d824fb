import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = 100;
const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};
const hasProc = read('/proc/stat') !== '';

/** Resident memory in MB. Of PostgreSQL's processes the shared part is counted once (PSS) where the system tells. */
export function residentMb(pids: readonly number[]): number {
  if (!hasProc) {
    if (pids.length === 0) return 0;
    const lines = execFileSync('ps', ['-o', 'rss=', '-p', pids.join(',')], { encoding: 'utf8' })
      .trim()
      .split('\n');
    return lines.reduce((sum, line) => sum + Number(line), 0) / 1024;
  }
  const kilobytes = (pid: number) => {
    const proportional = pids.length > 1 ? read(`/proc/${pid}/smaps_rollup`).match(/^Pss:\s+(\d+)/m)?.[1] : undefined;
    return Number(proportional ?? read(`/proc/${pid}/status`).match(/^VmRSS:\s+(\d+)/m)?.[1] ?? 0);
  };
  return pids.reduce((sum, pid) => sum + kilobytes(pid), 0) / 1024;
}

/** The process and its children's children. */
export function processTree(root: number): number[] {
  const parents: [number, number][] = hasProc
    ? readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map((name) => [Number(name), Number(read(`/proc/${name}/stat`).split(') ')[1]?.split(' ')[1] ?? 0)])
    : execFileSync('ps', ['-axo', 'pid=,ppid='], { encoding: 'utf8' })
        .trim()
        .split('\n')
        .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const tree = [root];
  for (const known of tree) for (const [pid, parent] of parents) if (parent === known) tree.push(pid);
  return tree;
}

/** Seconds of processor time used so far by the processes (ended children aside); 0 where the system does not tell. */
export function cpuSeconds(pids: readonly number[]): number {
  const ticks = (pid: number) => {
    const fields = read(`/proc/${pid}/stat`).split(') ')[1]?.split(' ');
    return fields ? Number(fields[11]) + Number(fields[12]) : 0;
  };
  return pids.reduce((sum, pid) => sum + ticks(pid), 0) / ticksPerSecond;
}

export interface Processor {
  total: number;
  steal: number;
  idle: number;
}

/** Ticks of the whole machine since it started; the difference of two tells how much was stolen and idle between them. */
export function processor(): Processor {
  const [first = ''] = read('/proc/stat').split('\n');
  const ticks = first.split(/\s+/).slice(1).map(Number);
  return { total: ticks.slice(0, 8).reduce((sum, value) => sum + value, 0), steal: ticks[7] ?? 0, idle: (ticks[3] ?? 0) + (ticks[4] ?? 0) };
}
