import { type CallDefinition, OperationalError, UserError } from '@cordboard/rpc';
import { z } from 'zod';

/** A request as it travels, in one process as between processes. */
export const requestSchema = z.object({ actor: z.string().nullable(), input: z.unknown(), traceparent: z.string().optional() });
export type RpcRequest = z.infer<typeof requestSchema>;

/** An answer as it travels. */
export const responseSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), data: z.unknown() }),
  z.object({
    ok: z.literal(false),
    error: z.object({
      kind: z.enum(['user', 'operational', 'unexpected']),
      code: z.string(),
      message: z.string(),
      details: z.record(z.string(), z.unknown()).optional(),
      retryAfterMs: z.number().optional(),
    }),
  }),
]);
export type RpcResponse = z.infer<typeof responseSchema>;

export function errorResponse(error: unknown): RpcResponse {
  if (error instanceof UserError)
    return { ok: false, error: { kind: 'user', code: error.code, message: error.message, details: error.details } };
  if (error instanceof OperationalError) {
    return { ok: false, error: { kind: 'operational', code: error.code, message: error.message, retryAfterMs: error.retryAfterMs } };
  }
  return { ok: false, error: { kind: 'unexpected', code: 'UNEXPECTED', message: 'Something went wrong on our side. It has been logged.' } };
}

/** Unpacks an answer, or throws the error it carries. */
export function openResponse(call: CallDefinition, raw: unknown): unknown {
  const response = responseSchema.parse(raw);
  if (response.ok) return call.output.parse(response.data);
  const { kind, code, message, details, retryAfterMs } = response.error;
  if (kind === 'user') throw new UserError(code, message, details);
  if (kind === 'operational') throw new OperationalError(code, message, retryAfterMs);
  throw new Error(`${call.name}: ${message}`);
}

export function nobodyAnswers(pattern: string): OperationalError {
  return new OperationalError('SERVICE_AWAY', `Nobody answers ${pattern} just now. Try again in a moment.`);
}

export function deadlineMissed(call: CallDefinition): OperationalError {
  return new OperationalError('DEADLINE', `${call.name} did not answer within ${call.deadlineMs} ms. Try again.`);
}
