import { createHash, randomBytes } from 'node:crypto';
import { newEvent, sessionRevoked } from '@cordboard/events';
import { Database, type Tx } from '@cordboard/persistence';
import type { Actor } from '@cordboard/rpc';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { audit } from '../audit/audit';
import { type PersonRow, personColumns } from '../directory/person-row';
import { IdentityConfig } from '../identity.config';

const hashOf = (token: string) => createHash('sha256').update(token).digest();

export function actorOf(person: PersonRow, sessionId: string): Actor {
  return { personId: person.id, name: person.name, operatorId: person.operator_id, sessionId, grants: person.grants };
}

/** Sessions are known by the SHA-256 of their token: who reads the table cannot use it. */
@Injectable()
export class SessionService {
  constructor(
    private readonly database: Database,
    private readonly config: IdentityConfig,
  ) {}

  /** Also clears away what ended more than 30 days ago: the audit log remembers it. */
  async open(
    tx: Tx,
    person: PersonRow,
    address: string,
    userAgent: string,
  ): Promise<{ token: string; sessionId: string; expiresAt: string }> {
    const token = randomBytes(32).toString('base64url');
    const sessionId = uuidv7();
    await tx.execute(`delete from session where person_id = $1 and least(ends_at, revoked_at) < now() - interval '30 days'`, [person.id]);
    const row = await tx.first<{ ends_at: Date }>(
      `insert into session (id, person_id, token_hash, address, user_agent, ends_at)
       values ($1, $2, $3, $4, $5, now() + $6 * interval '1 ms') returning ends_at`,
      [sessionId, person.id, hashOf(token), address, userAgent, this.config.sessionMaxMs],
    );
    if (!row) throw new Error('The session was not written.');
    return { token, sessionId, expiresAt: row.ends_at.toISOString() };
  }

  /** Null when the token is unknown, revoked, unused for too long or at its end. `touch` counts as use. */
  async resolve(token: string, touch: boolean) {
    const found = await this.database.system((tx) =>
      tx.first<PersonRow & { session_id: string; ends_at: Date; idle_ms: number }>({
        name: 'session-resolve',
        text: `select ${personColumns}, s.id as session_id, s.ends_at, extract(epoch from now() - s.last_used_at)::float8 * 1000 as idle_ms
               from session s join person p on p.id = s.person_id
               where s.token_hash = $1 and s.revoked_at is null and s.ends_at > now()
                 and s.last_used_at > now() - $2 * interval '1 ms' and p.archived_at is null`,
        values: [hashOf(token), this.config.sessionIdleMs],
      }),
    );
    if (!found) return null;
    if (touch && found.idle_ms > 60_000) {
      await this.database.system((tx) => tx.execute('update session set last_used_at = now() where id = $1', [found.session_id]));
    }
    return {
      actor: actorOf(found, found.session_id),
      email: found.email,
      language: found.language,
      expiresAt: found.ends_at.toISOString(),
    };
  }

  /** Ends this session, or every session of the person; tells which. */
  async revoke(actor: Actor, everywhere: boolean): Promise<string[]> {
    return this.database.system(async (tx) => {
      const rows = await tx.query<{ id: string }>(
        `update session set revoked_at = now() where person_id = $1 and revoked_at is null and ($3 or id = $2) returning id`,
        [actor.personId, actor.sessionId, everywhere],
      );
      await audit(tx, {
        operatorId: actor.operatorId,
        personId: actor.personId,
        action: everywhere ? 'signed-out-everywhere' : 'signed-out',
      });
      const origin = { source: 'identity', tenantId: actor.operatorId };
      tx.publish(...rows.map(({ id }) => newEvent(sessionRevoked, origin, { sessionId: id, personId: actor.personId })));
      return rows.map((row) => row.id);
    });
  }
}
