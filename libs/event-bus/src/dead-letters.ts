import type { Database } from '@cordboard/persistence';

/** An event a group could not handle. */
export interface DeadLetter {
  id: string;
  group: string;
  key: string;
  tenantId: string;
  eventId: string;
  type: string;
  error: string;
  tries: number;
  failedAt: Date;
  /** Missing while it is still tried again. */
  deadAt: Date | null;
  /** Later events of the key that wait for it. */
  waiting: number;
}

/** The operator's hand on events that failed; works from any service's database, whichever process leads the group. */
export class DeadLetters {
  constructor(private readonly database: Database) {}

  /** Unsettled ones of all groups, oldest first. */
  async list(): Promise<DeadLetter[]> {
    const rows = await this.database.system((tx) =>
      tx.query<Omit<DeadLetter, 'waiting'> & { waiting: string }>(
        `select id, grp as "group", key, tenant_id as "tenantId", event_id as "eventId", type, error, tries,
           failed_at as "failedAt", dead_at as "deadAt", waiting from bus.dead_letters()`,
      ),
    );
    return rows.map((row) => ({ ...row, waiting: Number(row.waiting) }));
  }

  /** Has the group try the event again, up to five times; after its success the events of its key follow in order. */
  async replay(id: string): Promise<void> {
    await this.decide(id, 'replay');
  }

  /** Gives the event up; the events of its key follow in order. */
  async skip(id: string): Promise<void> {
    await this.decide(id, 'skip');
  }

  private async decide(id: string, verb: 'replay' | 'skip'): Promise<void> {
    const row = await this.database.system((tx) => tx.first<{ found: boolean | null }>(`select bus.${verb}($1) as found`, [id]));
    if (!row?.found) throw new Error(`There is no unsettled dead letter ${id}. List them to see what is left.`);
  }
}
