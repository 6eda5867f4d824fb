/** Full jitter: anything between nothing and a ceiling that doubles, so that a thousand clients do not come back at once. */
export const backOffMs = (attempt: number, baseMs = 500, capMs = 30_000, random: () => number = Math.random): number =>
  random() * Math.min(capMs, baseMs * 2 ** Math.min(attempt, 16));
