export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Resolves to whether the condition came true in time. */
export async function until(condition: () => boolean, withinMs: number, everyMs = 20): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (!condition()) {
    if (performance.now() > deadline) return false;
    await pause(everyMs);
  }
  return true;
}
