import { exponentialMs, type Random } from '../drive/random';
import { pause } from '../drive/wait';

/** Arrival times in ms from 0 of a Poisson stream: decided before the run, so that a slow system cannot slow its load down. */
export function poissonTimes(random: Random, perSecond: number, seconds: number): Float64Array {
  const times: number[] = [];
  for (let at = exponentialMs(random, perSecond); at < seconds * 1000; at += exponentialMs(random, perSecond)) times.push(at);
  return Float64Array.from(times);
}

/** Calls `fire` with each time and its index when it is due, or at once when it is overdue. Resolves after the last. */
export async function play(times: Float64Array, startedAt: number, fire: (at: number, index: number) => void): Promise<void> {
  for (let next = 0; next < times.length; ) {
    const now = performance.now() - startedAt;
    while (next < times.length && (times[next] ?? 0) <= now) {
      fire(startedAt + (times[next] ?? 0), next);
      next++;
    }
    if (next < times.length) await pause(Math.max(1, (times[next] ?? 0) - now));
  }
}
