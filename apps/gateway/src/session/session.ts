import type { Actor } from '@cordboard/rpc';

/** A signed-in person on one device. `token` is what the cookie holds; only its hash is stored anywhere. */
export interface Session {
  token: string;
  actor: Actor;
  email: string;
  language: string;
}

/** On whose behalf something is asked, and in which trace; nobody before sign-in. */
export interface OnBehalf {
  session: Session | null;
  traceparent?: string;
}
