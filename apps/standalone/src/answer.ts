import type { ServerResponse } from 'node:http';

/** Answers with JSON; whoever is told to wait (503) is told for how long. */
export function answer(response: ServerResponse, status: number, body: object): void {
  const headers: Record<string, string> = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  if (status === 503) headers['retry-after'] = '1';
  response.writeHead(status, headers).end(JSON.stringify(body));
}
