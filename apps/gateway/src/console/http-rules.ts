import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GatewayConfig } from '../gateway.config';
import { limits } from '../limits/limits';
import { isHttps, isOwnOrigin } from '../session/http-request';
import { securityHeaders } from './security-headers';

/** Rules for every HTTP request of the gateway. Made before any route is, so that the routes come under them. */
@Injectable()
export class HttpRules {
  constructor(
    adapterHost: HttpAdapterHost,
    private readonly config: GatewayConfig,
  ) {
    const fastify: FastifyInstance = adapterHost.httpAdapter.getInstance();
    fastify.addHook('onRoute', (route) => {
      if (route.url === '/graphql') route.bodyLimit = limits.bodyBytes;
    });
    fastify.addHook('onRequest', async (request, reply) => this.check(request, reply));
  }

  private async check(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
    reply.headers(securityHeaders(isHttps(request.raw)));
    if (!request.url.startsWith('/graphql')) return undefined;
    reply.header('cache-control', 'no-store');
    if (isOwnOrigin(request.raw, this.config.trustedProxies)) return undefined;
    const error = {
      message: 'The API answers our own pages and programs, not pages of other sites.',
      extensions: { code: 'ORIGIN_REFUSED' },
    };
    return reply.code(403).send({ errors: [error] });
  }
}
