import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Envelope } from './envelope';
import type { TopicName } from './topics';

/** What the catalogue says of one event; `doc` is the sentence that docs/flow.md prints. */
export interface EventDefinition<Type extends string = string, Schema extends z.ZodType = z.ZodType> {
  type: Type;
  topic: TopicName;
  doc: string;
  schema: Schema;
  /** The thing the event is about, and the key order is kept by (without the tenant, which is put before it). */
  subject: (data: z.infer<Schema>) => string;
  key: (data: z.infer<Schema>) => string;
}

/** The payload type of a definition. */
export type DataOf<Definition> = Definition extends EventDefinition<string, infer Schema> ? z.infer<Schema> : never;

export function defineEvent<const Type extends string, Schema extends z.ZodType>(
  definition: EventDefinition<Type, Schema>,
): EventDefinition<Type, Schema> {
  return definition;
}

/** Who publishes, for whom, and in which trace. */
export interface EventOrigin {
  /** Service name, for channels the channel's: `webchat`. */
  source: string;
  tenantId: string;
  traceparent?: string;
  /** Fixed where the publisher must be able to repeat itself; otherwise a fresh UUIDv7. */
  id?: string;
}

/** Makes the envelope of one event. Throws ZodError when the payload does not fit the catalogue. */
export function newEvent<Type extends string, Schema extends z.ZodType>(
  definition: EventDefinition<Type, Schema>,
  origin: EventOrigin,
  payload: z.input<Schema>,
): Envelope<z.infer<Schema>> {
  const data = definition.schema.parse(payload);
  return {
    specversion: '1.0',
    id: origin.id ?? uuidv7(),
    source: origin.source,
    type: definition.type,
    subject: definition.subject(data),
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    tenantid: origin.tenantId,
    partitionkey: `${origin.tenantId}:${definition.key(data)}`,
    ...(origin.traceparent ? { traceparent: origin.traceparent } : {}),
    data,
  };
}
