import { type EventDefinition, newEvent, presenceChanged } from '@cordboard/events';
import type { Tx } from '@cordboard/persistence';
import type { z } from 'zod';
import { type AgentRow, presenceOf } from '../agent/agent.rows';
import type { RoutingConfig } from '../routing.config';

/**
 * One transaction of routing with what it has to tell. An agent touched several times is told of once, as they stand
 * at the end.
 */
export class Change {
  private readonly agents = new Map<string, AgentRow>();

  constructor(
    readonly tx: Tx,
    readonly config: RoutingConfig,
    private readonly traceparent?: string,
  ) {}

  /** Publishes with the trace of what caused the change, else of what the change is about. */
  tell<Type extends string, Schema extends z.ZodType>(
    definition: EventDefinition<Type, Schema>,
    tenantId: string,
    traceparent: string | null,
    payload: z.input<Schema>,
  ): void {
    const trace = this.traceparent ?? traceparent;
    this.tx.publish(newEvent(definition, { source: 'routing', tenantId, ...(trace ? { traceparent: trace } : {}) }, payload));
  }

  /** Remembers an agent's new row for the end. */
  agent(...rows: (AgentRow | undefined)[]): void {
    for (const row of rows) if (row) this.agents.set(row.person_id, row);
  }

  /** Publishes the agents' presence; the change is complete. */
  finish(): void {
    for (const row of this.agents.values()) this.tell(presenceChanged, row.operator_id, null, presenceOf(row));
  }
}
