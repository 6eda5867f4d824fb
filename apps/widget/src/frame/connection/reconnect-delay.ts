const firstMs = 1_000;
const mostMs = 30_000;

/** Full jitter: a random time up to a cap that doubles with each failed try, so that a thousand clients do not return together. */
export function reconnectDelay(attempt: number, random: () => number = Math.random): number {
  return random() * Math.min(mostMs, firstMs * 2 ** Math.min(attempt, 10));
}
