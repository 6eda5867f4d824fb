import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { TcpConnection } from './tcp-connection';

const firstBackOffMs = 100;
const longestBackOffMs = 2000;

/** Keeps one connection to one address: when it ends another is opened, with back-off and jitter, until it is retired. */
export class Replica {
  connection: TcpConnection;
  /** Resolves when it is retired and its connection over. */
  readonly done: Promise<void>;
  private readonly retired = new AbortController();

  constructor(
    private readonly address: { host: string; port: number },
    private readonly log: Logger,
    private readonly onConnected: () => void,
  ) {
    this.connection = new TcpConnection(address);
    this.done = this.run();
  }

  /** Opens no more connections; the one there is stays until the other side ends it. */
  retire(): void {
    this.retired.abort();
  }

  close(): void {
    this.retire();
    this.connection.end('The caller leaves.');
  }

  private async run(): Promise<void> {
    let failures = 0;
    for (;;) {
      try {
        await this.connection.open();
        this.log.info('A replica is connected');
        failures = 0;
        this.onConnected();
        await this.connection.ended;
        this.log.info({ reason: this.connection.reason }, 'The connection to a replica ended');
      } catch (error) {
        if (failures === 1) this.log.info({ reason: (error as Error).message }, 'A replica is away; it is tried again until it is back');
      }
      const backOffMs = Math.min(firstBackOffMs * 2 ** failures, longestBackOffMs);
      failures = Math.min(failures + 1, 10);
      await sleep(backOffMs * (0.5 + Math.random() / 2), undefined, { signal: this.retired.signal }).catch(() => undefined);
      if (this.retired.signal.aborted) return;
      this.connection = new TcpConnection(this.address);
    }
  }
}
