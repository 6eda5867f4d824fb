import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import sirv from 'sirv';
import { GatewayConfig } from '../gateway.config';

const othersPaths = /^\/(graphql|webchat|demo|health|metrics)(\/|$)/;
const yearS = 31_536_000;

/**
 * The built console. Every address of the window is answered with index.html (never cached), so that a reload finds its
 * place again; files with a hash in their name are kept by browsers for ever.
 */
@Injectable()
export class ConsoleFiles implements OnModuleInit {
  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly config: GatewayConfig,
  ) {}

  onModuleInit(): void {
    const fastify: FastifyInstance = this.adapterHost.httpAdapter.getInstance();
    const folder = resolve(this.config.consoleDir);
    if (!existsSync(folder)) {
      fastify.get('/*', (_, reply) =>
        reply.code(503).type('text/plain').send(`The console is not built: ${this.config.consoleDir} is missing. Run npm run build.`),
      );
      return;
    }
    const serve = sirv(folder, { gzip: true, brotli: true, etag: true, setHeaders: cacheRules });
    fastify.get('/*', (request, reply) => answer(request, reply, serve));
  }
}

function answer(request: FastifyRequest, reply: FastifyReply, serve: ReturnType<typeof sirv>): void {
  const path = request.url.split('?')[0] ?? '/';
  if (othersPaths.test(path)) {
    notFound(reply);
    return;
  }
  const isPage = !/\.[^/]+$/.test(path);
  if (isPage) request.raw.url = '/index.html';
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) reply.raw.setHeader(name, value);
  reply.hijack();
  serve(request.raw, reply.raw, () => {
    reply.raw.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
  });
}

function notFound(reply: FastifyReply): void {
  reply.code(404).type('text/plain').send('Not found');
}

function cacheRules(response: ServerResponse<IncomingMessage>, path: string): void {
  const hashed = path.startsWith('/assets/');
  response.setHeader('cache-control', hashed ? `public, max-age=${yearS}, immutable` : path.endsWith('.html') ? 'no-store' : 'no-cache');
}
