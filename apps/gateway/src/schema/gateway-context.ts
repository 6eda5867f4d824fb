import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Session } from '../session/session';
import type { Loaders } from './loaders';

/** What resolvers know of the operation they serve; made anew for each. */
export interface GatewayContext {
  session: Session | null;
  /** https://www.w3.org/TR/trace-context/ */
  traceparent: string;
  loaders: Loaders;
  /** Missing on sockets. */
  http?: { request: FastifyRequest; reply: FastifyReply };
}

/** The same where somebody is signed in, as the guard has made sure. */
export type SignedInContext = GatewayContext & { session: Session };
