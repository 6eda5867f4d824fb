import type { PersonShape } from '@cordboard/events';
import { Metrics } from '@cordboard/service-kit';
import { Injectable } from '@nestjs/common';
import type { CloseReason } from './close-codes';
import { closeCodes } from './close-codes';
import type { Connection } from './connection';
import { sameGrants } from './same-grants';

/** The open sockets of this gateway. */
@Injectable()
export class Sockets {
  private readonly open = new Set<Connection>();

  constructor(metrics: Metrics) {
    metrics.gauge('agent_sockets', 'Open sockets of agents.', () => this.open.size);
  }

  get count(): number {
    return this.open.size;
  }

  add(connection: Connection): void {
    this.open.add(connection);
  }

  remove(connection: Connection): void {
    this.open.delete(connection);
  }

  ping(): void {
    for (const connection of this.open) connection.ping();
  }

  closeAll(reason: CloseReason): void {
    for (const connection of this.open) connection.close(reason);
  }

  closeSession(sessionId: string): void {
    for (const connection of this.open) {
      if (connection.signedIn?.actor.sessionId === sessionId) connection.close(closeCodes.signedOut);
    }
  }

  closeWhereChanged(person: Pick<PersonShape, 'id' | 'grants' | 'archivedAt'>): void {
    for (const connection of this.open) {
      const actor = connection.signedIn?.actor;
      if (actor?.personId !== person.id) continue;
      if (person.archivedAt !== null || !sameGrants(actor.grants, person.grants)) connection.close(closeCodes.rightsChanged);
    }
  }
}
