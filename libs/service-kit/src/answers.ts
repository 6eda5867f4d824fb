import type { Actor, CallDefinition, ParsedInputOf } from '@cordboard/rpc';
import { MessagePattern } from '@nestjs/microservices';

/** What a method marked with `@Answers` receives. */
export interface Call<Definition extends CallDefinition> {
  /** On whose behalf; checked against the gateway's signature. */
  actor: Actor;
  input: ParsedInputOf<Definition>;
  traceparent?: string;
}

/** A call that is made before anybody has signed in. */
export type OpenCall<Definition extends CallDefinition> = Omit<Call<Definition>, 'actor'>;

/** What the RPC servers need to know of a handler. */
export interface AnswerExtras {
  call: CallDefinition;
  open: boolean;
}

/** Makes a controller method answer a call: actor, input and output are checked by the transport. */
export function Answers(call: CallDefinition): MethodDecorator {
  return MessagePattern(call.name, { call, open: false } satisfies AnswerExtras);
}

/** The same for a call that needs no actor (sign-in, resolving a session). */
export function AnswersAnyone(call: CallDefinition): MethodDecorator {
  return MessagePattern(call.name, { call, open: true } satisfies AnswerExtras);
}
