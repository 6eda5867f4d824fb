import type { IncomingHttpHeaders } from 'node:http';
import type { PageFile } from './files';

/** As much of Fastify's request and reply as pages need. */
export interface PageRequest {
  headers: IncomingHttpHeaders;
}
export interface PageReply {
  code: (status: number) => PageReply;
  header: (name: string, value: string) => PageReply;
  headers: (values: Record<string, string>) => PageReply;
  type: (contentType: string) => PageReply;
  redirect: (address: string) => PageReply;
  send: (body?: string | Buffer) => PageReply;
}

/** Sends a file with its type, compressed where the browser can read that, or 304 when it has it. */
export function sendFile(request: PageRequest, reply: PageReply, file: PageFile | undefined, caching: string): void {
  if (!file) {
    reply.code(404).type('text/plain; charset=utf-8').send('There is no such file.');
    return;
  }
  reply.headers({
    'cache-control': caching,
    etag: file.etag,
    vary: 'accept-encoding',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'cross-origin',
  });
  if (request.headers['if-none-match'] === file.etag) {
    reply.code(304).send();
    return;
  }
  const zipped = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  if (zipped) reply.header('content-encoding', 'gzip');
  reply.type(file.type).send(zipped ? file.zipped : file.plain);
}

/** Sends a document that depends on the request: never kept, never guessed at. */
export function sendDocument(reply: PageReply, html: string, contentSecurityPolicy: string): void {
  reply
    .headers({
      'cache-control': 'no-store',
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
    })
    .type('text/html; charset=utf-8')
    .send(html);
}
