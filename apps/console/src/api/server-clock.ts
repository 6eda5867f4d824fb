/**
 * Deadlines and waits are the server's instants; an agent's computer may be minutes off. The difference is taken from the
 * Date header of each answer (whole seconds, so anything under 1.5 s counts as none).
 */
let offsetMs = 0;

export const noteServerDate = (header: string | null, sentAt: number, receivedAt: number): void => {
  const date = header === null ? Number.NaN : Date.parse(header);
  if (Number.isNaN(date)) return;
  const difference = date + 500 - (sentAt + receivedAt) / 2;
  offsetMs = Math.abs(difference) < 1500 ? 0 : difference;
};

/** Now by the server's clock, in ms since the epoch. */
export const serverNow = (): number => Date.now() + offsetMs;
