import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { parseCookie, stringifySetCookie } from 'cookie';

const cookieName = 'cordboard_session';

export function sessionToken(request: IncomingMessage): string | undefined {
  return parseCookie(request.headers.cookie ?? '')[cookieName];
}

/** Host-only (no Domain), unreadable for scripts, sent by our own pages alone. */
export function sessionCookie(request: IncomingMessage, token: string, expiresAt: Date): string {
  return stringifySetCookie(cookieName, token, { ...attributes(request), expires: expiresAt });
}

export function clearedCookie(request: IncomingMessage): string {
  return stringifySetCookie(cookieName, '', { ...attributes(request), maxAge: 0 });
}

function attributes(request: IncomingMessage) {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: isHttps(request) } as const;
}

/** A proxy's word is taken here: at worst somebody's own cookie becomes `Secure` where it need not be. */
export function isHttps(request: IncomingMessage): boolean {
  const forwarded = header(request, 'x-forwarded-proto')?.split(',')[0]?.trim();
  return (request.socket as Partial<TLSSocket>).encrypted === true || forwarded === 'https';
}

/**
 * Whether a request may come from where its Origin header says: our own pages only. A request without the header is
 * not a page's (browsers send it with every upgrade and every POST) and carries no cookie of somebody else's.
 */
export function isOwnOrigin(request: IncomingMessage, trustedProxies: number): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  const ours = trustedProxies > 0 ? (header(request, 'x-forwarded-host') ?? host) : host;
  if (origin === `https://${ours}` || origin === `http://${ours}`) return true;
  return URL.canParse(origin) && new URL(origin).host === ours?.toLowerCase();
}

function header(request: IncomingMessage, name: string): string | undefined {
  return request.headers[name]?.toString();
}
