import { type ClientFrame, limits } from '@cordboard/webchat-protocol';
import { z } from 'zod';
import { cleanText } from '../clean-text';

const number = z.int().min(0).max(2_147_483_647);
const clean = (max: number) =>
  z
    .string()
    .max(max)
    .transform((text) => cleanText(text));

/** Where the visitor is; the query string is cut off here too, whatever the client did. */
const page = z.object({
  url: clean(2048).transform((url) => url.split(/[?#]/)[0] ?? ''),
  title: clean(300),
});

/** Every frame a visitor's client may send; what a frame means stands in @cordboard/webchat-protocol. */
export const clientFrameSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    v: z.int(),
    tenant: z.string().max(64),
    token: z.string().max(200).nullable(),
    lastN: number.nullable(),
    origin: z.string().max(300),
    language: clean(35).nullable(),
  }),
  z.object({
    type: z.literal('send'),
    clientMsgId: z.uuid().toLowerCase(),
    text: z.string().transform((text) => cleanText(text).trim()),
    page: page.nullable().catch(null),
    traceparent: z
      .string()
      .regex(/^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/)
      .nullable()
      .catch(null),
  }),
  z.object({ type: z.literal('typing'), typing: z.boolean() }),
  z.object({ type: z.enum(['delivered', 'read']), upToN: number }),
  z.object({ type: z.literal('history'), beforeN: number.positive() }),
  z.object({ type: z.literal('sync'), afterN: number }),
  z.object({ type: z.literal('ping') }),
]) satisfies z.ZodType<ClientFrame>;

/** The frame, or null when the bytes are none. */
export function parseClientFrame(raw: string): ClientFrame | null {
  if (raw.length > limits.frameBytes) return null;
  try {
    const parsed = clientFrameSchema.safeParse(JSON.parse(raw));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
