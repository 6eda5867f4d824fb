import type { Logger } from 'pino';

/** Stops once, at the first of the signals, and ends the process; after the deadline it ends anyway. */
export function stopOnSignals(signals: readonly NodeJS.Signals[], log: Logger, deadlineMs: number, stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'Stopping');
    setTimeout(() => {
      log.error('Stopping took too long; ending at once. Nothing acknowledged is lost: it is in the database.');
      process.exit(1);
    }, deadlineMs).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'Stopping failed');
        process.exit(1);
      },
    );
  };
  for (const signal of signals) process.on(signal, onSignal);
}
