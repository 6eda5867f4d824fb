import { z } from 'zod';

/**
 * CloudEvents 1.0 in structured mode (https://github.com/cloudevents/spec), with the extensions every
 * Cordboard event carries: `tenantid` (UUID of the tenant, or of the operator for events above tenants),
 * `partitionkey` (order is kept per key; always begins with the tenant), when known `traceparent`
 * (https://www.w3.org/TR/trace-context/), and, where a service has several processes, `instance`: the one that published it.
 */
export const envelopeSchema = z.object({
  specversion: z.literal('1.0'),
  id: z.uuid(),
  source: z.string().min(1),
  type: z.string().min(1),
  subject: z.string().min(1),
  time: z.iso.datetime({ offset: true }),
  datacontenttype: z.literal('application/json'),
  tenantid: z.uuid(),
  partitionkey: z.string().min(1),
  traceparent: z.string().optional(),
  instance: z.string().optional(),
  data: z.unknown(),
});

/** One event as it travels; `data` has the shape its definition's schema gives. */
export type Envelope<Data = unknown> = Omit<z.infer<typeof envelopeSchema>, 'data'> & { data: Data };
