/** What a wait means against its queue's target: in time, near it, past it. */
export type WaitState = 'ok' | 'near' | 'breached';

export const waitState = (waitedMs: number, queue: { targetMs: number; nearMs: number } | undefined): WaitState => {
  if (!queue) return 'ok';
  if (waitedMs >= queue.targetMs) return 'breached';
  return waitedMs >= queue.nearMs ? 'near' : 'ok';
};

/** A length of time as a clock: 0:42, 12:05, 1:02:03. Never negative. */
export const clockText = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
};
