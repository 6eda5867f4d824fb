import type { Database } from './database';
import { definerFunction, tenantTable } from './policies';
import type { Tx } from './tx';

/** SQL of a service's timer table: a deadline is a row, never a setTimeout. */
export const timerTable = (schema: string) => `
  create table ${schema}.timer (
    tenant_id uuid not null, kind text not null, key text not null, version bigint not null,
    due_at timestamptz not null, attempts int not null default 0,
    primary key (tenant_id, kind, key)
  );
  create index on ${schema}.timer (due_at);
  ${tenantTable(schema, 'timer')}
  grant select on ${schema}.timer to cordboard_definer;
  create function ${schema}.due_timers(at_most int) returns table (tenant_id uuid, kind text, key text, version bigint)
    language sql stable security definer set search_path = ${schema} as $$
      select tenant_id, kind, key, version from timer where due_at <= now() order by due_at limit at_most
    $$;
  ${definerFunction(schema, 'due_timers(int)')}
`;

export interface Timer {
  tenantId: string;
  kind: string;
  key: string;
  /** The handler's fence: a timer set anew has another version, and the old one no longer counts. */
  version: number;
}

/** Sets or moves a deadline, `dueInMs` from the database's now. */
export async function setTimer(tx: Tx, timer: Timer, dueInMs: number): Promise<void> {
  await tx.execute(
    `insert into timer (tenant_id, kind, key, version, due_at) values ($1, $2, $3, $4, now() + $5 * interval '1 ms')
     on conflict (tenant_id, kind, key) do update set version = excluded.version, due_at = excluded.due_at, attempts = 0`,
    [timer.tenantId, timer.kind, timer.key, timer.version, dueInMs],
  );
}

export async function clearTimer(tx: Tx, timer: Omit<Timer, 'version'>): Promise<void> {
  await tx.execute('delete from timer where tenant_id = $1 and kind = $2 and key = $3', [timer.tenantId, timer.kind, timer.key]);
}

export type TimerHandlers = Record<string, (tx: Tx, timer: Timer) => Promise<void>>;

export interface TimerLoopOptions {
  database: Database;
  handlers: TimerHandlers;
  /** How often due rows are looked for. */
  pollMs?: number;
  onError: (error: unknown, timer?: Timer) => void;
}

/**
 * Fires due timers. Each effect runs in a transaction of its tenant that first deletes the row of that version:
 * of several replicas one deletes it, the others find nothing. A failing handler is tried again after 1, 2, 4 … 60 s.
 */
export class TimerLoop {
  private stopped = false;
  private running: Promise<void> | undefined;
  private wake: (() => void) | undefined;

  constructor(private readonly options: TimerLoopOptions) {}

  start(): void {
    this.running = this.loop();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wake?.();
    await this.running;
  }

  /** Fires everything due now; resolves to how many. */
  async fireDue(): Promise<number> {
    const due = await this.options.database.system((tx) =>
      tx.query<{ tenant_id: string; kind: string; key: string; version: string }>('select * from due_timers(100)'),
    );
    for (const row of due) await this.fire({ tenantId: row.tenant_id, kind: row.kind, key: row.key, version: Number(row.version) });
    return due.length;
  }

  private async loop(): Promise<void> {
    while (!this.stopped) {
      const fired = await this.fireDue().catch((error: unknown) => {
        this.options.onError(error);
        return 0;
      });
      if (fired === 0) await this.pause(this.options.pollMs ?? 200);
    }
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timeout = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timeout);
        resolve();
      };
    });
  }

  private async fire(timer: Timer): Promise<void> {
    const handler = this.options.handlers[timer.kind];
    const key = [timer.tenantId, timer.kind, timer.key, timer.version];
    try {
      if (!handler) throw new Error(`No handler for timers of kind ${timer.kind}.`);
      await this.options.database.tenant(timer.tenantId, async (tx) => {
        const claimed = await tx.execute('delete from timer where tenant_id = $1 and kind = $2 and key = $3 and version = $4', key);
        if (claimed === 1) await handler(tx, timer);
      });
    } catch (error) {
      this.options.onError(error, timer);
      await this.postpone(timer, key);
    }
  }

  private async postpone(timer: Timer, key: unknown[]): Promise<void> {
    await this.options.database
      .tenant(timer.tenantId, (tx) =>
        tx.execute(
          `update timer set attempts = attempts + 1, due_at = now() + least(60, power(2, attempts)) * interval '1 s'
           where tenant_id = $1 and kind = $2 and key = $3 and version = $4`,
          key,
        ),
      )
      .catch((error: unknown) => this.options.onError(error, timer));
  }
}
