/** A process that requests can be handed to. */
export interface Backend {
  service: string;
  /** Says at /health/ready that it can work. */
  isReady: boolean;
  /** Has been ready and has not been told to stop. */
  isInUse: boolean;
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
 * Who may have a request, best first: the ready ones in turn. Where none is ready, those in use that lack something: they
 * can still do part of their work, as webchat without Kafka, and say themselves what they cannot.
 */
export function inTurn<Kind extends Backend>(backends: readonly Kind[], service: string, turn: number): Kind[] {
  const inUse = backends.filter((backend) => backend.service === service && backend.isInUse);
  const ready = inUse.filter((backend) => backend.isReady);
  const able = ready.length > 0 ? ready : inUse;
  const first = able.length > 0 ? turn % able.length : 0;
  return [...able.slice(first), ...able.slice(0, first)];
}
