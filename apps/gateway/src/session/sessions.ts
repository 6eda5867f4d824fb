import { identityCalls } from '@cordboard/rpc';
import { Injectable } from '@nestjs/common';
import { Services } from './services';
import type { Session } from './session';

const freshMs = 5000;
const mostKept = 20_000;

interface Kept {
  session: Promise<Session | null>;
  until: number;
}

/**
 * Who a cookie belongs to. Answers are kept for at most 5 s and dropped at once when `session.revoked` or
 * `person.changed` says so; of many requests at the same moment one asks identity. A failure is not kept.
 */
@Injectable()
export class Sessions {
  private readonly kept = new Map<string, Kept>();
  /** Counts drops, so that an answer already under way when its session was revoked is not kept. */
  private drops = 0;

  constructor(private readonly services: Services) {}

  async resolve(token: string | undefined, traceparent?: string): Promise<Session | null> {
    if (!token || token.length > 200) return null;
    const kept = this.kept.get(token);
    if (kept && kept.until > performance.now()) return kept.session;
    const session = this.ask(token, true, traceparent);
    this.keep(token, session);
    return session;
  }

  /** Asks identity itself, without counting as use: an open socket does not keep an idle session alive. */
  recheck(token: string): Promise<Session | null> {
    return this.ask(token, false);
  }

  async forget(matches: (session: Session) => boolean): Promise<void> {
    this.drops++;
    for (const [token, { session }] of this.kept) {
      const known = await session.catch(() => null);
      if (known && matches(known)) this.kept.delete(token);
    }
  }

  private async ask(token: string, touch: boolean, traceparent?: string): Promise<Session | null> {
    const answer = await this.services.ask({ session: null, traceparent }, identityCalls.resolveSession, { token, touch });
    return answer && { token, actor: answer.actor, email: answer.email, language: answer.language };
  }

  private keep(token: string, session: Promise<Session | null>): void {
    const before = this.drops;
    const kept = { session, until: performance.now() + freshMs };
    this.kept.delete(token);
    this.kept.set(token, kept);
    const drop = () => this.kept.get(token) === kept && this.kept.delete(token);
    session.then(() => before !== this.drops && drop(), drop);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= mostKept) break;
      this.kept.delete(oldest);
    }
  }
}
