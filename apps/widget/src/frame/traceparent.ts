const hex = (bytes: number) =>
  Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** A fresh W3C trace context (https://www.w3.org/TR/trace-context/), sampled; one per message. */
export const newTraceparent = () => `00-${hex(16)}-${hex(8)}-01`;

/** A random UUIDv4, also where the page is not a secure context and `crypto.randomUUID` is missing. */
export function newClientMsgId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const raw = hex(16);
  const variant = '89ab'[Number.parseInt(raw[16] ?? '0', 16) % 4];
  return `${raw.slice(0, 8)}-${raw.slice(8, 12)}-4${raw.slice(13, 16)}-${variant}${raw.slice(17, 20)}-${raw.slice(20)}`;
}
