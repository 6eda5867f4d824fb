/** A process that requests can be handed to. */
export interface Backend {
  service: string;
  /** Says at /health/ready that it can work. */
  isReady: boolean;
  /** Has been ready and has not been told to stop. */
  isInUse: boolean;
  /** Open sockets that were handed to it. */
  sockets: number;
}

/** The service with the longest prefix of the path. */
export function serviceFor(prefixes: ReadonlyMap<string, string>, url: string): string | undefined {
  const path = url.split('?')[0] ?? '/';
  let best = '';
  for (const prefix of prefixes.keys()) {
    const matches = prefix === '/' || path === prefix || path.startsWith(`${prefix}/`);
    if (matches && prefix.length > best.length) best = prefix;
  }
  return prefixes.get(best);
}

/**
 * Who may have a request: the ready ones. Where none is ready, those in use that lack something: they can still do part
 * of their work, as webchat without Kafka, and say themselves what they cannot.
 */
export function able<Kind extends Backend>(backends: readonly Kind[], service: string): Kind[] {
  const inUse = backends.filter((backend) => backend.service === service && backend.isInUse);
  const ready = inUse.filter((backend) => backend.isReady);
  return ready.length > 0 ? ready : inUse;
}

/** Requests go round. */
export function inTurn<Kind>(backends: readonly Kind[], turn: number): Kind[] {
  const first = backends.length > 0 ? turn % backends.length : 0;
  return [...backends.slice(first), ...backends.slice(0, first)];
}

/** A socket stays for hours: it goes to who has the fewest, so that a process that was started anew gets its share. */
export const fewestSocketsFirst = <Kind extends Backend>(backends: readonly Kind[]): Kind[] =>
  [...backends].sort((one, other) => one.sockets - other.sockets);
