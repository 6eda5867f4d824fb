import type { ShapeName } from '../drive/build-cordboard';
import type { CordboardProcess } from '../drive/cordboard-process';
import type { Bar } from './bars';

/** How long they may take, in seconds. */
const limits: Record<ShapeName, { start: number; stop: number }> = {
  standalone: { start: 5, stop: 5 },
  distributed: { start: 30, stop: 20 },
};

/** A stop as Ctrl-C does it, and the start after it on the data the load has left, until it takes requests again. */
export async function restart(cordboard: CordboardProcess, shape: ShapeName, after: string): Promise<Bar[]> {
  const stop = await seconds(() => cordboard.stop());
  const start = await seconds(() => cordboard.start());
  return [
    { what: `second start, after ${after}`, measured: start, limit: limits[shape].start, unit: 's' },
    { what: `stop, after ${after}`, measured: stop, limit: limits[shape].stop, unit: 's' },
  ];
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return Math.round((performance.now() - startedAt) / 100) / 10;
}
