import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a visitor's client keeps: the visitor's id and a secret of 256 bits. Only the secret's hash is stored. */
export interface VisitorToken {
  visitorId: string;
  secret: Buffer;
}

const shape = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})$/;

export function newToken(visitorId: string): { token: string; hash: Buffer } {
  const secret = randomBytes(32);
  return { token: `${visitorId}.${secret.toString('base64url')}`, hash: hashOf(secret) };
}

/** Null for anything that never was a token. */
export function readToken(token: string): VisitorToken | null {
  const [, visitorId, secret] = shape.exec(token) ?? [];
  return visitorId && secret ? { visitorId, secret: Buffer.from(secret, 'base64url') } : null;
}

export const matches = (token: VisitorToken, hash: Buffer) => timingSafeEqual(hashOf(token.secret), hash);

const hashOf = (secret: Buffer) => createHash('sha256').update(secret).digest();
