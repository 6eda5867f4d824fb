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

/** Why a letter cannot be decided on; one line for whoever asked. */
export class NotDecided extends Error {}

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

  /** The whole event as JSON: what people wrote is in it. Of the bus's own role alone. */
  async body(id: string): Promise<string | undefined> {
    const row = await this.database.system((tx) => tx.first<{ body: string | null }>('select bus.letter_body($1) as body', [id]));
    return row?.body ?? undefined;
  }

  /**
   * Has the group try a dead event again, up to five times; after its success the events of its key follow in order.
   * Throws NotDecided when it is not there or not dead.
   */
  async replay(id: string): Promise<void> {
    await this.decide(id, 'replay');
  }

  /** Gives a dead event up; the events of its key follow in order. Throws NotDecided when it is not there or not dead. */
  async skip(id: string): Promise<void> {
    await this.decide(id, 'skip');
  }

  private async decide(id: string, verb: 'replay' | 'skip'): Promise<void> {
    const row = await this.database.system((tx) => tx.first<{ found: boolean | null }>(`select bus.${verb}($1) as found`, [id]));
    if (!row?.found) throw new NotDecided(await this.reason(id));
  }

  private async reason(id: string): Promise<string> {
    const letter = await this.database.system((tx) =>
      tx.first<{ tries: number; resolved_at: Date | null; outcome: string | null }>('select * from bus.letter($1)', [id]),
    );
    if (!letter) return `There is no letter ${id}.`;
    if (!letter.resolved_at) return `Letter ${id} is being tried again just now (${letter.tries} failed so far).`;
    return `Letter ${id} was ${letter.outcome === 'skipped' ? 'skipped' : 'handled'} at ${letter.resolved_at.toISOString()}.`;
  }
}
