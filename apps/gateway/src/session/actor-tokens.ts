import { type Actor, signActor } from '@cordboard/rpc';
import { KEYS } from '@cordboard/service-kit';
import { Inject, Injectable } from '@nestjs/common';

const reuseMs = 30_000;

/**
 * Signed actors for calls. A token lives 60 s and is reused for 30 s, kept beside the actor object itself: a session
 * resolved anew brings a new object, so changed grants are never hidden behind an old signature.
 */
@Injectable()
export class ActorTokens {
  private readonly kept = new WeakMap<Actor, { token: Promise<string>; until: number }>();
  private readonly key: Uint8Array;

  constructor(@Inject(KEYS) keys: (purpose: string) => Uint8Array) {
    this.key = keys('actor');
  }

  of(actor: Actor): Promise<string> {
    const kept = this.kept.get(actor);
    if (kept && kept.until > performance.now()) return kept.token;
    const token = signActor(actor, this.key);
    this.kept.set(actor, { token, until: performance.now() + reuseMs });
    return token;
  }
}
