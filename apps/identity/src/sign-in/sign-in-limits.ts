import type { Tx } from '@cordboard/persistence';
import { UserError } from '@cordboard/rpc';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { IdentityConfig } from '../identity.config';

const windowMs = 15 * 60_000;
const firstDelayMs = 30_000;

interface Attempts {
  attempts: number;
  since_last_ms: number;
}

/**
 * Limits of wrong passwords, counted in the database so that every replica sees the same. An attempt is written down
 * before its password is looked at and counts against the account until it has succeeded: a hundred guesses
 * sent at once are a hundred attempts. Against the address only failures count, for a whole office may sign in at
 * nine. From the limit on each further attempt doubles the wait (30 s, 1 min, … 15 min), for accounts that exist
 * and for those that do not.
 */
@Injectable()
export class SignInLimits {
  constructor(private readonly config: IdentityConfig) {}

  /** Throws TOO_MANY_ATTEMPTS with `retryAfterMs` while the account or the address has to wait; else the attempt's id. */
  async begin(tx: Tx, account: string, address: string): Promise<string> {
    await tx.execute('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`sign-in ${account}`]);
    await tx.execute(`delete from sign_in_attempt where at < now() - $1 * interval '1 ms'`, [windowMs]);
    const wait = Math.max(
      await this.wait(tx, 'account = $1', account, this.config.accountFailures),
      await this.wait(tx, 'address = $1 and failed', address, this.config.addressFailures),
    );
    if (wait > 0) {
      throw new UserError('TOO_MANY_ATTEMPTS', `Too many wrong passwords. Try again in ${Math.ceil(wait / 1000)} seconds.`, {
        retryAfterMs: wait,
      });
    }
    const id = uuidv7();
    await tx.execute('insert into sign_in_attempt (id, account, address) values ($1, $2, $3)', [id, account, address]);
    return id;
  }

  async failed(tx: Tx, id: string): Promise<void> {
    await tx.execute('update sign_in_attempt set failed = true where id = $1', [id]);
  }

  async succeeded(tx: Tx, account: string): Promise<void> {
    await tx.execute('delete from sign_in_attempt where account = $1', [account]);
  }

  private async wait(tx: Tx, which: string, value: string, limit: number): Promise<number> {
    const row = await tx.first<Attempts>(
      `select count(*)::int as attempts, coalesce(extract(epoch from now() - max(at)) * 1000, 0)::float8 as since_last_ms
       from sign_in_attempt where ${which}`,
      [value],
    );
    if (!row || row.attempts < limit) return 0;
    const delay = Math.min(windowMs, firstDelayMs * 2 ** (row.attempts - limit));
    return Math.max(0, Math.round(delay - row.since_last_ms));
  }
}
