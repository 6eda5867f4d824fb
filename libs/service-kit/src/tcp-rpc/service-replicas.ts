import { lookup } from 'node:dns/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CallDefinition, OperationalError } from '@cordboard/rpc';
import type { Logger } from 'pino';
import type { RpcRequest } from '../rpc-wire';
import { Replica } from './replica';
import type { TcpConnection } from './tcp-connection';

const lookUpEveryMs = 2000;

/** The replicas of one service, behind the addresses it is configured with. Calls go to those connected in turn. */
export class ServiceReplicas {
  private readonly replicas = new Set<Replica>();
  private readonly waiting = new Set<() => void>();
  private readonly closing = new AbortController();
  private turn = 0;

  constructor(
    private readonly service: string,
    addresses: readonly string[],
    private readonly log: Logger,
  ) {
    for (const { host, port } of addresses.map(hostAndPort)) void this.follow(host, port);
  }

  get isConnected(): boolean {
    return this.usable().length > 0;
  }

  /** Resolves to the answer, not yet opened. While no replica is connected the call waits for one, within its deadline. */
  async ask(call: CallDefinition, request: RpcRequest): Promise<unknown> {
    const untilMs = performance.now() + call.deadlineMs;
    for (;;) {
      const leftMs = untilMs - performance.now();
      const connection = this.next();
      if (connection && leftMs > 0) return connection.ask(call, request, leftMs);
      if (leftMs <= 0 || this.closing.signal.aborted) {
        throw new OperationalError('SERVICE_AWAY', `No replica of ${this.service} is connected: ${call.name} was not asked. Try again.`);
      }
      await this.connected(leftMs);
    }
  }

  /** Calls that wait for an answer reject at once. */
  async close(): Promise<void> {
    this.closing.abort();
    for (const replica of this.replicas) replica.close();
    for (const wake of this.waiting) wake();
    await Promise.all([...this.replicas].map((replica) => replica.done));
  }

  private next(): TcpConnection | undefined {
    const usable = this.usable();
    this.turn = (this.turn + 1) % Math.max(usable.length, 1);
    return usable[this.turn];
  }

  private usable(): TcpConnection[] {
    return [...this.replicas].map((replica) => replica.connection).filter((connection) => connection.isUsable);
  }

  /** Resolves when a replica is connected, or after a while. */
  private connected(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, withinMs);
      this.waiting.add(wake);
    });
  }

  /** Several replicas may stand behind one name, and come and go: the name is looked up again and again. */
  private async follow(host: string, port: number): Promise<void> {
    const known = new Map<string, Replica>();
    let isMissing = false;
    while (!this.closing.signal.aborted) {
      try {
        this.keep(known, await lookup(host, { all: true }), port);
        isMissing = false;
      } catch (error) {
        const reason = (error as Error).message;
        if (!isMissing) this.log.warn({ peer: this.service, host, reason }, 'A service was not found by its name; it is looked up again');
        isMissing = true;
      }
      await sleep(lookUpEveryMs, undefined, { signal: this.closing.signal }).catch(() => undefined);
    }
  }

  private keep(known: Map<string, Replica>, found: readonly { address: string }[], port: number): void {
    if (this.closing.signal.aborted) return;
    const hosts = new Set(found.map(({ address }) => address));
    for (const host of hosts) if (!known.has(host)) known.set(host, this.add(host, port));
    for (const [host, replica] of known) {
      if (hosts.has(host)) continue;
      replica.retire();
      known.delete(host);
    }
  }

  private add(host: string, port: number): Replica {
    const log = this.log.child({ peer: this.service, address: `${host}:${port}` });
    const replica = new Replica({ host, port }, log, () => {
      for (const wake of this.waiting) wake();
    });
    this.replicas.add(replica);
    void replica.done.then(() => this.replicas.delete(replica));
    return replica;
  }
}

function hostAndPort(address: string): { host: string; port: number } {
  const [, host, port] = /^\[?([^[\]]+)\]?:(\d{1,5})$/.exec(address) ?? [];
  if (!host || Number(port) > 65_535) throw new Error(`"${address}" is no address of a service; write host:port.`);
  return { host, port: Number(port) };
}
