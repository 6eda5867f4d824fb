import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse, GraphQLRequestListener } from '@apollo/server';
import { Plugin } from '@nestjs/apollo';
import type { GraphQLError } from 'graphql';
import { retryAfter, retryAfterMsOf } from './client-error';
import type { GatewayContext } from './gateway-context';

/**
 * An answer that brings nothing, because something is away or busy, is a 503 with Retry-After: proxies and probes look at the
 * status alone. The body stays as it is. An answer that brings a part, or a refusal, stays a 200: it is worth reading.
 *
 * It is a provider because Nest gives every executed answer status 200, and asks the plugins among the providers after that.
 */
@Plugin()
export class UnavailablePlugin implements ApolloServerPlugin<GatewayContext> {
  async requestDidStart(): Promise<GraphQLRequestListener<GatewayContext>> {
    return { willSendResponse: async (answer) => tellWhenAway(answer) };
  }
}

function tellWhenAway({ response: { http, body }, errors = [] }: GraphQLRequestContextWillSendResponse<GatewayContext>): void {
  if (body.kind !== 'single' || !failedWhole(body.singleResult.data, errors)) return;
  const waits = errors.map(retryAfterMsOf).filter((ms) => ms !== undefined);
  if (waits.length === 0 || waits.length < errors.length) return;
  http.status = 503;
  http.headers.set('retry-after', retryAfter(Math.max(...waits)));
}

/** Whether every field at the root failed; one that is null without an error is an answer. */
function failedWhole(data: Record<string, unknown> | null | undefined, errors: readonly GraphQLError[]): boolean {
  if (!data) return true;
  const failed = new Set(errors.map(({ path }) => path?.[0]));
  return Object.entries(data).every(([field, value]) => value === null && failed.has(field));
}
