/**
 * Repeats `attempt` until it returns something other than false, and neither throws nor rejects; resolves to it.
 * Fails after `timeoutMs` (5,000) with the last error.
 */
export async function eventually<Result>(
  attempt: () => Result | Promise<Result>,
  { timeoutMs = 5000, everyMs = 10 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<Exclude<Result, false>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    let failure: unknown = new Error(`The condition did not come true within ${timeoutMs} ms.`);
    try {
      const result = await attempt();
      if (result !== false) return result as Exclude<Result, false>;
    } catch (error) {
      failure = error;
    }
    if (performance.now() > deadline) throw failure;
    await new Promise((next) => setTimeout(next, everyMs));
  }
}
