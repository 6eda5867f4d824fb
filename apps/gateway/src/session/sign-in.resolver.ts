import { identityCalls, UserError } from '@cordboard/rpc';
import { clientAddress } from '@cordboard/service-kit';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { GatewayConfig } from '../gateway.config';
import { ContextFactory } from '../schema/context-factory';
import type { GatewayContext, SignedInContext } from '../schema/gateway-context';
import { Done, done } from '../schema/refusal.type';
import { orRefusal } from '../schema/refusals';
import { Public, SignedInOnly } from './access';
import { clearedCookie, sessionCookie } from './http-request';
import { Services } from './services';
import { SignInInput, SignInResult, SignOutInput } from './session.types';
import { Sessions } from './sessions';
import { viewerOf } from './viewer.resolver';

@Resolver()
export class SignInResolver {
  constructor(
    private readonly services: Services,
    private readonly sessions: Sessions,
    private readonly contexts: ContextFactory,
    private readonly config: GatewayConfig,
  ) {}

  @Public()
  @Mutation(() => SignInResult, { description: 'Signs in and sets the session cookie.' })
  signIn(@Args('input', { description: 'Who.' }) input: SignInInput, @Context() context: GatewayContext) {
    return orRefusal(this.signedIn(input, context), {
      other: (error) => ({
        __typename: 'SignInRefused',
        code: error.code,
        message: error.message,
        retryAfterMs: typeof error.details.retryAfterMs === 'number' ? error.details.retryAfterMs : null,
      }),
    });
  }

  @SignedInOnly()
  @Mutation(() => Done, { description: 'Ends this session, or all of the person; their sockets close.' })
  async signOut(@Args('input', { description: 'What to end.' }) input: SignOutInput, @Context() context: SignedInContext) {
    const { request, reply } = onHttp(context);
    const { sessionIds } = await this.services.ask(context, identityCalls.signOut, { everywhere: input.everywhere ?? false });
    await this.sessions.forget((session) => sessionIds.includes(session.actor.sessionId));
    reply.header('set-cookie', clearedCookie(request.raw));
    return done;
  }

  private async signedIn(input: SignInInput, context: GatewayContext) {
    const { request, reply } = onHttp(context);
    const answer = await this.services.ask({ ...context, session: null }, identityCalls.signIn, {
      email: input.email,
      password: input.password,
      address: clientAddress(request.raw, this.config.trustedProxies),
      userAgent: (request.headers['user-agent'] ?? '').slice(0, 500),
    });
    reply.header('set-cookie', sessionCookie(request.raw, answer.token, new Date(answer.expiresAt)));
    const session = { token: answer.token, actor: answer.actor, email: input.email, language: answer.language };
    Object.assign(context, this.contexts.of(session, context.traceparent));
    return { __typename: 'SignedIn', viewer: viewerOf(session) };
  }
}

function onHttp({ http }: GatewayContext) {
  if (!http) throw new UserError('HTTP_ONLY', 'Send this by HTTP: it sets a cookie.');
  return http;
}
