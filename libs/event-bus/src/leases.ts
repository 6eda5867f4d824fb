import type { LogConnection } from './log-connection';

/** The right to work for a group, held until it is released or the connection breaks. */
export interface Lease {
  readonly isLost: boolean;
  release(): Promise<void>;
}

/** Advisory locks of one connection: whoever has a group's is the only one of all processes that works for it. */
export class Leases {
  private readonly held = new Map<string, { isLost: boolean }>();

  constructor(private readonly connection: LogConnection) {}

  /** Resolves to nothing while another process, or another server of this one, works for the group. */
  async tryTake(group: string): Promise<Lease | undefined> {
    if (this.held.has(group)) return undefined;
    const lease = { isLost: false };
    this.held.set(group, lease);
    const free = () => {
      if (this.held.get(group) === lease) this.held.delete(group);
    };
    const locked = await this.advisory('pg_try_advisory_lock', group).catch((error: unknown) => {
      free();
      throw error;
    });
    if (!locked) {
      free();
      return undefined;
    }
    return {
      get isLost() {
        return lease.isLost;
      },
      release: async () => {
        if (!lease.isLost) await this.advisory('pg_advisory_unlock', group).catch(() => false);
        free();
      },
    };
  }

  /** The connection is gone, and with it everything held. */
  lose(): void {
    for (const lease of this.held.values()) lease.isLost = true;
    this.held.clear();
  }

  private async advisory(verb: 'pg_try_advisory_lock' | 'pg_advisory_unlock', group: string): Promise<boolean> {
    const [row] = await this.connection.query<{ ok: boolean }>(
      verb,
      `select ${verb}(hashtextextended('bus group ' || $1::text, 2)) as ok`,
      [group],
    );
    return row?.ok ?? false;
  }
}
