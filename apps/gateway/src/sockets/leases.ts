import { permissions, routingCalls, tenantsWith } from '@cordboard/rpc';
import { LOG } from '@cordboard/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Services } from '../session/services';
import { Sessions } from '../session/sessions';
import { closeCodes } from './close-codes';
import type { Connection } from './connection';
import { sameGrants } from './same-grants';

const renewEveryMs = 15_000;

/**
 * Presence is a lease per socket in routing (architecture decision 14): renewed every 15 s while the socket is open, given
 * up when it closes, and running out by itself when this process dies. With each renewal the session is looked at
 * again, so that one that ran out or changed closes the socket even if no event said so.
 */
@Injectable()
export class Leases {
  private readonly timers = new Map<Connection, NodeJS.Timeout>();

  constructor(
    private readonly services: Services,
    private readonly sessions: Sessions,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  hold(connection: Connection): void {
    this.timers.set(
      connection,
      setInterval(() => void this.look(connection), renewEveryMs),
    );
    void this.renew(connection, false);
  }

  /** Gives the lease up; nothing to do where there is none. */
  release(connection: Connection): void {
    if (this.drop(connection)) void this.renew(connection, true);
  }

  /** For shutting down: leases are left to run out, in case the agents find another gateway meanwhile. */
  dropAll(): void {
    for (const connection of [...this.timers.keys()]) this.drop(connection);
  }

  private drop(connection: Connection): boolean {
    clearInterval(this.timers.get(connection));
    return this.timers.delete(connection);
  }

  private async look(connection: Connection): Promise<void> {
    try {
      const session = await this.sessions.recheck(connection.session.token);
      if (!session) return connection.close(closeCodes.signedOut);
      if (!sameGrants(session.actor.grants, connection.session.actor.grants)) return connection.close(closeCodes.rightsChanged);
    } catch (error) {
      this.log.warn({ err: error }, 'A session could not be looked at; its socket stays open');
    }
    if (this.timers.has(connection)) await this.renew(connection, false);
  }

  private async renew(connection: Connection, gone: boolean): Promise<void> {
    const { session } = connection;
    if (tenantsWith(session.actor, permissions.presenceSet).length === 0) return;
    try {
      await this.services.ask({ session }, routingCalls.renewLease, { connectionId: connection.id, gone });
    } catch (error) {
      this.log.warn({ err: error, connectionId: connection.id }, 'A presence lease could not be renewed');
    }
  }
}
