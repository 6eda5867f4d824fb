/** From the beginning of a group to that of the next, for each item of the first. */
const msPerItem = 4;
const longestMs = 12;

/**
 * Runs one group's transaction and resolves when the next may begin. Under load a transaction costs more than the items in
 * it: groups that follow each other at once stay small and use up both cores, and everybody waits for a core. A group of one or
 * two is hardly held up; the larger it was, the longer the next gathers. Rejects with what the group's work rejects with.
 */
export async function paced(items: number, work: () => Promise<void>): Promise<void> {
  const begunAt = performance.now();
  await work();
  const restMs = Math.min(items * msPerItem, longestMs) - (performance.now() - begunAt);
  if (restMs >= 1) await new Promise((next) => setTimeout(next, restMs));
}
