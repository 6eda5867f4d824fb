import { EventEmitter } from 'node:events';

/**
 * Tells the log readers of this process that a transaction with events has committed. Readers of other
 * processes notice by polling; nothing is ever lost by a wake-up that nobody hears.
 */
class Wakeups {
  private readonly emitter = new EventEmitter().setMaxListeners(0);

  committed(): void {
    this.emitter.emit('committed');
  }

  /** Returns the function that stops listening. */
  onCommitted(listener: () => void): () => void {
    this.emitter.on('committed', listener);
    return () => this.emitter.off('committed', listener);
  }
}

export const wakeups = new Wakeups();
