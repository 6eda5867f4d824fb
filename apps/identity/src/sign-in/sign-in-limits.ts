import type { Tx } from '@cordboard/persistence';
import { UserError } from '@cordboard/rpc';
import { Injectable } from '@nestjs/common';
import { IdentityConfig } from '../identity.config';

const windowMs = 15 * 60_000;
const firstDelayMs = 30_000;

interface Failures {
  failures: number;
  since_last_ms: number;
}

/**
 * Limits of wrong passwords, counted in the database so that every replica sees the same. From the limit on each
 * further failure doubles the wait (30 s, 1 min, … 15 min), for accounts that exist and those that do not.
 */
@Injectable()
export class SignInLimits {
  constructor(private readonly config: IdentityConfig) {}

  /** Throws TOO_MANY_ATTEMPTS with `retryAfterMs` while the account or the address has to wait. */
  async check(tx: Tx, account: string, address: string): Promise<void> {
    await tx.execute(`delete from sign_in_failure where at < now() - $1 * interval '1 ms'`, [windowMs]);
    const wait = Math.max(
      await this.wait(tx, 'account', account, this.config.accountFailures),
      await this.wait(tx, 'address', address, this.config.addressFailures),
    );
    if (wait > 0) {
      throw new UserError('TOO_MANY_ATTEMPTS', `Too many wrong passwords. Try again in ${Math.ceil(wait / 1000)} seconds.`, {
        retryAfterMs: wait,
      });
    }
  }

  async failed(tx: Tx, account: string, address: string): Promise<void> {
    await tx.execute('insert into sign_in_failure (account, address) values ($1, $2)', [account, address]);
  }

  async succeeded(tx: Tx, account: string): Promise<void> {
    await tx.execute('delete from sign_in_failure where account = $1', [account]);
  }

  private async wait(tx: Tx, column: 'account' | 'address', value: string, limit: number): Promise<number> {
    const row = await tx.first<Failures>(
      `select count(*)::int as failures, coalesce(extract(epoch from now() - max(at)) * 1000, 0)::float8 as since_last_ms
       from sign_in_failure where ${column} = $1`,
      [value],
    );
    if (!row || row.failures < limit) return 0;
    const delay = Math.min(windowMs, firstDelayMs * 2 ** (row.failures - limit));
    return Math.max(0, Math.round(delay - row.since_last_ms));
  }
}
