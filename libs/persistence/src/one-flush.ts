import type { Client, PoolClient } from 'pg';

interface Corkable {
  cork: () => void;
  uncork: () => void;
}

const held = new WeakSet<Corkable>();

/**
 * Lets everything that is sent on a connection in this turn of the event loop go out in one write. Libraries write each
 * statement and each frame by itself, and the system calls were the largest single cost of the message path.
 */
export function inOneFlush(stream: Corkable): void {
  if (held.has(stream)) return;
  held.add(stream);
  stream.cork();
  process.nextTick(() => {
    held.delete(stream);
    stream.uncork();
  });
}

/** The stream below a client, which pg does not declare. */
export const streamOf = (client: Client | PoolClient): Corkable =>
  (client as unknown as { connection: { stream: Corkable } }).connection.stream;
