import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { BackOff } from './back-off';
import type { Address, Replica } from './replica';

export interface PlaceOptions {
  service: string;
  /** Two, so that a successor can be ready before its predecessor leaves. Peers know both. */
  addresses: readonly [Address, Address];
  /** A fresh instance id. */
  nextName: () => string;
  launch: (name: string, at: Address) => Replica;
  log: Logger;
}

/** Longest that a process may take to end; then it is ended. */
const leaveWithinMs = 12_000;
const upWithinMs = 60_000;
const lookEveryMs = 20;

/**
 * Where one replica of a service runs. A process that ends unasked is started again under its name and address, after a
 * wait that grows with each crash. In a rolling restart the successor starts at the other address under a new name.
 */
export class Place {
  private readonly backOff = new BackOff();
  private current: Replica;
  private successor: Replica | undefined;
  private hasBeenUp = false;
  private isStopping = false;

  constructor(private readonly options: PlaceOptions) {
    this.current = this.launch(options.nextName(), options.addresses[0]);
  }

  get service(): string {
    return this.options.service;
  }

  get replicas(): Replica[] {
    return this.successor ? [this.current, this.successor] : [this.current];
  }

  /** Resolves when the process can work; rejects when it ends before, with what it said. */
  async up(replica: Replica = this.current): Promise<void> {
    await Promise.race([
      until(() => replica.isReady || replica.state === 'gone', upWithinMs, `${replica.name} is not ready after ${upWithinMs / 1000} s.`),
      replica.exited.then((how) => {
        throw new Error(`${replica.name} ${how} while it started.\n${replica.lastOutput}`);
      }),
    ]);
    this.hasBeenUp = true;
  }

  /**
   * Starts a successor and, once it is ready and has had `foundMs` to be found, tells the predecessor to leave; resolves
   * to both names. Rejects, the predecessor still at work, when the successor does not become ready.
   */
  async renew(foundMs: number): Promise<[before: string, after: string]> {
    const { addresses, nextName } = this.options;
    const predecessor = this.current;
    const at = addresses.find(({ http }) => http !== predecessor.at.http) ?? addresses[0];
    const successor = this.launch(nextName(), at);
    this.successor = successor;
    try {
      await this.up(successor);
      await pause(foundMs);
    } catch (error) {
      this.successor = undefined;
      await successor.leave(leaveWithinMs);
      throw error;
    }
    this.successor = undefined;
    this.current = successor;
    await predecessor.leave(leaveWithinMs);
    return [predecessor.name, successor.name];
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await Promise.all(this.replicas.map((replica) => replica.leave(leaveWithinMs)));
  }

  private launch(name: string, at: Address): Replica {
    const replica = this.options.launch(name, at);
    void replica.exited.then((how) => this.revive(replica, how));
    return replica;
  }

  private async revive(ended: Replica, how: string): Promise<void> {
    // One that has never worked will not the next time: whoever started it hears why.
    if (!this.hasBeenUp || this.isStopping || this.current !== ended) return;
    const waitMs = this.backOff.next(performance.now() - ended.startedAt);
    this.options.log.error({ instance: ended.name, waitMs }, `${ended.name} ${how} unasked; it is started again in ${waitMs / 1000} s`);
    await pause(waitMs);
    if (!this.isStopping && this.current === ended) this.current = this.launch(ended.name, ended.at);
  }
}

/** Resolves when the condition is true; rejects with the text when that takes too long. */
async function until(condition: () => boolean, withinMs: number, late: string): Promise<void> {
  for (const deadline = performance.now() + withinMs; !condition(); await pause(lookEveryMs)) {
    if (performance.now() > deadline) throw new Error(late);
  }
}
