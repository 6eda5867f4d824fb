import { UserError, verifyActor } from '@cordboard/rpc';
import type { MessageHandler } from '@nestjs/microservices';
import type { Logger } from 'pino';
import { firstValueFrom, isObservable } from 'rxjs';
import type { AnswerExtras } from './answers';
import { errorResponse, nobodyAnswers, type RpcRequest, type RpcResponse, requestSchema } from './rpc-wire';

/** How the answering side of a transport checks and tells. */
export interface Answering {
  /** The gateway signs actors with it. */
  actorKey: Uint8Array;
  log: Logger;
}

/**
 * Answers one call: the actor is verified, input and output are parsed, and whatever is thrown becomes the error that
 * travels. Never rejects. Without a handler marked with `@Answers` or `@AnswersAnyone` the answer is that nobody is there.
 */
export async function answerCall(
  { actorKey, log }: Answering,
  pattern: string,
  handler: MessageHandler | undefined,
  raw: unknown,
): Promise<RpcResponse> {
  try {
    if (!handler || handler.isEventHandler) throw nobodyAnswers(pattern);
    return { ok: true, data: await respond(handler, raw, actorKey) };
  } catch (error) {
    if (!(error instanceof UserError)) log.error({ err: error, call: pattern }, `${pattern} failed`);
    return errorResponse(error);
  }
}

async function respond(handler: MessageHandler, raw: unknown, actorKey: Uint8Array): Promise<unknown> {
  const { call, open } = handler.extras as unknown as AnswerExtras;
  const request = requestSchema.parse(raw);
  const actor = open ? undefined : await actorOf(request, actorKey);
  const input = call.input.safeParse(request.input);
  if (!input.success) throw new UserError('BAD_INPUT', describe(input.error.issues));
  const outcome: unknown = await handler({ actor, input: input.data, traceparent: request.traceparent });
  return call.output.parse(isObservable(outcome) ? await firstValueFrom(outcome, { defaultValue: undefined }) : outcome);
}

async function actorOf(request: RpcRequest, actorKey: Uint8Array) {
  if (!request.actor) throw new UserError('NOT_SIGNED_IN', 'Sign in first.');
  try {
    return await verifyActor(request.actor, actorKey);
  } catch {
    throw new UserError('NOT_SIGNED_IN', 'Your sign-in could not be verified. Sign in again.');
  }
}

function describe(issues: readonly { path: PropertyKey[]; message: string }[]): string {
  return issues.map((issue) => `${issue.path.map(String).join('.') || 'input'}: ${issue.message}`).join('; ');
}
