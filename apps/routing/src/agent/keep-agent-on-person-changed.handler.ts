import { BusContext, type EventOf, OnEvent } from '@cordboard/event-bus';
import { personChanged } from '@cordboard/events';
import { permissions, rolePermissions } from '@cordboard/rpc';
import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { Changes } from '../change/changes';
import { type AgentRow, agentColumns } from './agent.rows';

type PersonChanged = EventOf<typeof personChanged>;

/** Copies who may be offered work, for which tenants and how much at a time. Older versions are ignored. */
@Controller()
export class KeepAgentOnPersonChangedHandler {
  constructor(private readonly changes: Changes) {}

  @OnEvent(personChanged, { group: 'routing.keep-agent' })
  handle(@Payload() event: PersonChanged, @Ctx() { tx }: BusContext): Promise<void> {
    const person = event.data;
    const tenants = person.archivedAt ? [] : servedBy(person);
    return this.changes.within(tx, event.traceparent, async (change) => {
      const row = await tx.first<AgentRow>(
        `insert into agent as a (person_id, operator_id, person_version, name, tenants, capacity)
         select $1, $2, $3, $4, $5::uuid[], $6 where cardinality($5::uuid[]) > 0 or exists (select from agent where person_id = $1)
         on conflict (person_id) do update set person_version = excluded.person_version, name = excluded.name,
           tenants = excluded.tenants, capacity = excluded.capacity, version = a.version + 1
         where a.person_version < excluded.person_version
         returning ${agentColumns}`,
        [person.id, person.operatorId, person.version, person.name, tenants, person.archivedAt ? 0 : person.chatCapacity],
      );
      change.agent(row);
    });
  }
}

function servedBy(person: PersonChanged['data']): string[] {
  const accepting = person.grants.filter(({ role }) => rolePermissions[role].includes(permissions.workAccept));
  return [...new Set(accepting.map(({ tenantId }) => tenantId))].sort();
}
