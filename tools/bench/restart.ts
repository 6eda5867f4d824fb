import type { CordboardProcess } from '../drive/cordboard-process';
import type { Bar } from './bars';

/** A stop as Ctrl-C does it, and the start after it on the data the load has left, until it takes requests again. */
export async function restart(cordboard: CordboardProcess, after: string): Promise<Bar[]> {
  const stop = await seconds(() => cordboard.stop());
  const start = await seconds(() => cordboard.start());
  return [
    { what: `second start, after ${after}`, measured: start, limit: 5, unit: 's' },
    { what: `stop, after ${after}`, measured: stop, limit: 5, unit: 's' },
  ];
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return Math.round((performance.now() - startedAt) / 100) / 10;
}
