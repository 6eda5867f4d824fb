import { wakeups } from '@cordboard/persistence';
import { OperationalError } from '@cordboard/rpc';
import { housekeep } from './housekeeping';
import { type Lease, Leases } from './leases';
import { LogConnection } from './log-connection';
import { type HealthRow, healthText, logGroups } from './log-groups';
import type { BusStats, GroupStats, LogReaderOptions } from './options';
import { endOf, LogEvent, type Position, type Slice } from './position';

interface Row {
  id: string | null;
  tenant_id: string;
  event_id: string;
  key: string;
  type: string;
  body: string | null;
}

/** What the reader asks of a consumer's way through the log. */
interface Feed {
  readonly types: ReadonlySet<string>;
  push(slice: Slice): void;
  /** Go on without the reader: it has lost its connection. */
  leave(): void;
  wake(): void;
}

/** What a feed that is behind asks for. */
export interface PageRequest {
  epoch: number;
  done: string;
  target: string;
  after: number;
  types: ReadonlySet<string>;
  atMost: number;
}

const readSize = 1000;
const sampleEveryMs = 2000;
const sweepEveryMs = 600_000;
const longestBackOffMs = 2000;
/** From this rate on the reader waits a little before it reads again. */
const busyEventsPerSecond = 800;
const lingerMs = 5;
/** After the last event `busyPollMs` counts for so long. */
const busyForMs = 10_000;

/**
 * Reads the log once for everybody in the process and hands it out in memory. A position is a snapshot, not a number:
 * the next read takes the rows visible now that were not visible then, so a transaction that stays open for long
 * neither hides its events nor holds up anybody else's (docs/adr/0003). One read at a time; wake-ups that come
 * during a read lead to one more.
 */
export class LogReader {
  private readonly connection: LogConnection;
  private eventsPerSecond = 0;
  private eventsRated = 0;
  private ratedAt = performance.now();
  private readonly attached = new Set<Feed>();
  private readonly joined = new Set<Feed>();
  private joiners: { feed: Feed; joined: (boundary: string) => void; failed: (error: unknown) => void }[] = [];
  private readonly leases: Leases;
  private position: Position | undefined;
  private wanted: string[] = [];
  private running: Promise<void> | undefined;
  private started: Promise<void> | undefined;
  private stopping = false;
  private woken = false;
  private wakeUp: (() => void) | undefined;
  private stopListening: (() => void) | undefined;
  private eventsRead = 0;
  private eventAt = Number.NEGATIVE_INFINITY;
  private sampledAt = 0;
  private sweptAt = performance.now();
  private sweeping: Promise<unknown> | undefined;
  private sample: { horizonAgeMs: number; groups: Record<string, GroupStats> } = { horizonAgeMs: 0, groups: {} };

  constructor(readonly options: LogReaderOptions) {
    this.connection = new LogConnection(options, (error) => this.onLost(error));
    this.leases = new Leases(this.connection);
  }

  /** The epoch the log is written in. */
  get epoch(): number {
    return this.position?.epoch ?? 0;
  }

  /** Resolves when the log is being read. May be called again. */
  start(): Promise<void> {
    this.started ??= new Promise((isReading) => {
      this.stopListening = wakeups.onCommitted(() => this.wake());
      this.running = this.run(isReading);
    });
    return this.started;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.running;
    await this.sweeping;
    this.stopListening?.();
    await this.connection.close();
    this.loseLeases();
  }

  /** Plain figures for metrics; those of the database are at most some seconds old. */
  stats(): BusStats {
    return { connected: this.connection.isOpen, eventsRead: this.eventsRead, ...this.sample };
  }

  attach(feed: Feed): void {
    this.attached.add(feed);
    this.wanted = [...new Set([...this.attached].flatMap(({ types }) => [...types]))];
  }

  detach(feed: Feed): void {
    this.attached.delete(feed);
    this.part(feed);
    this.wanted = [...new Set([...this.attached].flatMap(({ types }) => [...types]))];
  }

  /** Resolves to the snapshot from which on the feed is pushed what is read. */
  join(feed: Feed): Promise<string> {
    return new Promise((joined, failed) => {
      if (this.stopping || !this.connection.isOpen) return failed(away());
      this.joiners.push({ feed, joined, failed });
      this.wake();
    });
  }

  part(feed: Feed): void {
    this.joined.delete(feed);
  }

  /** Everything visible now counts as seen. */
  async now(): Promise<Position> {
    const [row] = await this.connection.query<{ done: string }>('bus-now', 'select pg_current_snapshot()::text as done');
    return { epoch: this.epoch, done: row?.done ?? '', target: null, lastId: null };
  }

  /** The lowest id among the rows of an epoch that the snapshot does not show. */
  async firstNew(epoch: number, done: string): Promise<number | undefined> {
    const [row] = await this.connection.query<{ id: string | null }>('bus-first', 'select bus.first_new($1, $2) as id', [epoch, done]);
    return row?.id ? Number(row.id) : undefined;
  }

  async page({ epoch, done, target, after, types, atMost }: PageRequest): Promise<Slice> {
    const rows = await this.connection.query<Row>('bus-page', 'select * from bus.read_page($1, $2, $3, $4, $5, $6)', [
      epoch,
      done,
      target,
      after,
      [...types],
      atMost,
    ]);
    return slice(rows, { epoch, from: done, to: target, complete: rows.length < atMost });
  }

  /** The group's stored position; a new group's is the beginning of the log. */
  async openPosition(group: string): Promise<Position & { version: number }> {
    const text = 'select version, epoch, done::text, target::text, last_id from bus.open_position($1)';
    const [row] = await this.connection.query<{
      version: string;
      epoch: number;
      done: string;
      target: string | null;
      last_id: string | null;
    }>('bus-open', text, [group]);
    if (!row) throw new Error(`Group ${group} has no position.`);
    return {
      version: Number(row.version),
      epoch: row.epoch,
      done: row.done,
      target: row.target,
      lastId: row.last_id === null ? null : Number(row.last_id),
    };
  }

  /** Resolves to nothing while another process, or another server of this one, works for the group. */
  tryLead(group: string): Promise<Lease | undefined> {
    return this.leases.tryTake(group);
  }

  private wake(): void {
    this.woken = true;
    this.wakeUp?.();
  }

  private async run(isReading: () => void): Promise<void> {
    let backOffMs = 50;
    while (!this.stopping) {
      try {
        if (!this.connection.isOpen) await this.connect();
        isReading();
        this.woken = false;
        await this.read();
        await this.lookAround();
        backOffMs = 50;
        await this.linger();
        if (!this.woken && !this.position?.target) await this.pause(this.pollMs());
      } catch (error) {
        this.options.logger.warn({ reason: (error as Error).message, backOffMs }, 'The event log cannot be read; trying again');
        await this.connection.close();
        this.loseLeases();
        await this.pause(backOffMs);
        backOffMs = Math.min(backOffMs * 2, longestBackOffMs);
      }
    }
  }

  private pollMs(): number {
    const { pollMs = 50, busyPollMs = pollMs } = this.options;
    return performance.now() - this.eventAt < busyForMs ? busyPollMs : pollMs;
  }

  /**
   * Under load every transaction costs more than the events in it: a read that follows the last within a few
   * milliseconds and found events waits, so that more go into one. A quiet log is read at once.
   */
  private async linger(): Promise<void> {
    const now = performance.now();
    const seconds = (now - this.ratedAt) / 1000;
    if (seconds >= 0.25) {
      this.eventsPerSecond = (this.eventsRead - this.eventsRated) / seconds;
      this.eventsRated = this.eventsRead;
      this.ratedAt = now;
    }
    if (this.eventsPerSecond < busyEventsPerSecond || this.stopping) return;
    await new Promise((next) => setTimeout(next, lingerMs));
  }

  /** After a break the reader goes on from its snapshot; only when the epoch has changed it begins again, by paging. */
  private async connect(): Promise<void> {
    await this.connection.open();
    const [row] = await this.connection.query<{ epoch: number }>('bus-epoch', 'select bus.enter_epoch() as epoch');
    const epoch = row?.epoch ?? 0;
    if (this.position?.epoch === epoch) {
      if (this.position.target) return;
      const { done } = this.position;
      const first = await this.firstNew(epoch, done);
      if (first !== undefined) this.position = { epoch, done, target: (await this.now()).done, lastId: first - 1 };
      return;
    }
    this.position = { ...(await this.now()), epoch };
    for (const feed of [...this.joined]) feed.leave();
  }

  private async read(): Promise<void> {
    const { position } = this;
    if (!position) return;
    const joiners = this.joiners.splice(0);
    try {
      const next = await this.nextSlice(position);
      this.position = endOf(next);
      this.eventsRead += next.events.length;
      if (next.events.length > 0) this.eventAt = performance.now();
      for (const feed of [...this.joined]) feed.push(next);
      if (next.complete) {
        for (const { feed, joined } of joiners.splice(0)) {
          this.joined.add(feed);
          joined(next.to);
        }
      }
    } finally {
      this.joiners.unshift(...joiners);
    }
  }

  private async nextSlice({ epoch, done, target, lastId }: Position): Promise<Slice> {
    if (target !== null) {
      return this.page({ epoch, done, target, after: lastId ?? 0, types: new Set(this.wanted), atMost: readSize });
    }
    const rows = await this.connection.query<Row & { now_at: string }>(
      'bus-read',
      'select now_at::text, id, at_ms, tenant_id, event_id, key, type, body from bus.read_new($1, $2, $3, $4)',
      [epoch, done, this.wanted, readSize],
    );
    return slice(rows, { epoch, from: done, to: rows[0]?.now_at ?? done, complete: rows.length < readSize });
  }

  private async lookAround(): Promise<void> {
    const now = performance.now();
    if (now - this.sampledAt > sampleEveryMs) {
      this.sampledAt = now;
      await this.sampleHealth();
    }
    if (now - this.sweptAt > sweepEveryMs) {
      this.sweptAt = now;
      this.sweeping = housekeep(this.options, () => this.stopping).catch((error: unknown) =>
        this.options.logger.warn({ reason: (error as Error).message }, 'Old events could not be deleted'),
      );
    }
  }

  private async sampleHealth(): Promise<void> {
    const rows = await this.connection.query<HealthRow>('bus-health', healthText);
    this.sample = { horizonAgeMs: rows[0]?.horizon_ms ?? 0, groups: logGroups(rows) };
  }

  private onLost(error: Error): void {
    this.options.logger.warn({ reason: error.message }, 'The connection to the event log broke');
    this.loseLeases();
    this.wake();
  }

  private loseLeases(): void {
    this.leases.lose();
    for (const feed of this.attached) feed.wake();
    for (const { failed } of this.joiners.splice(0)) failed(away());
  }

  private pause(ms: number): Promise<void> {
    if (this.stopping) return Promise.resolve();
    return new Promise((resolve) => {
      const timeout = setTimeout(resolve, ms);
      this.wakeUp = () => {
        clearTimeout(timeout);
        this.wakeUp = undefined;
        resolve();
      };
    });
  }
}

const away = () => new OperationalError('BUS_AWAY', 'The event log is not being read just now.');

function slice(rows: readonly Row[], bounds: { epoch: number; from: string; to: string; complete: boolean }): Slice {
  const events: LogEvent[] = [];
  for (const { id, tenant_id, event_id, key, type, body } of rows) {
    if (id !== null && body !== null) events.push(new LogEvent(Number(id), tenant_id, event_id, key, type, body));
  }
  const last = rows.at(-1)?.id;
  return { ...bounds, events, scannedTo: last ? Number(last) : null };
}
