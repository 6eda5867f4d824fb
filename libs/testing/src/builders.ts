import { type DataOf, type Envelope, inboundReceived, newEvent, queueChanged } from '@cordboard/events';
import { v7 as uuidv7 } from 'uuid';

/** A tenant of the tests; the nth is always the same. */
export const aTenantId = (n = 1) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

type Inbound = DataOf<typeof inboundReceived>;
type Queue = DataOf<typeof queueChanged>;

/** A customer's message as a channel publishes it; events of one `identity` are one key. */
export function anInboundReceived({
  tenantId = aTenantId(),
  id,
  ...data
}: Partial<Inbound> & { tenantId?: string; id?: string } = {}): Envelope<Inbound> {
  return newEvent(
    inboundReceived,
    { source: 'webchat', tenantId, ...(id ? { id } : {}) },
    {
      channel: 'webchat',
      identity: 'visitor-1',
      externalId: uuidv7(),
      text: 'Hello',
      profile: { name: null, language: null },
      page: null,
      occurredAt: new Date().toISOString(),
      ...data,
    },
  );
}

/** A queue's whole state: an event of an entity topic. */
export function aQueueChanged({ tenantId = aTenantId(), ...data }: Partial<Queue> = {}): Envelope<Queue> {
  return newEvent(
    queueChanged,
    { source: 'routing', tenantId },
    { id: uuidv7(), tenantId, name: { en: 'Reception' }, targetMs: 120_000, nearMs: 60_000, version: 1, ...data },
  );
}
