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

/** The stream below a client of pg or a socket of ws, which neither declares. */
export const streamOf = (of: object): Corkable => {
  const { connection, _socket } = of as { connection?: { stream: Corkable }; _socket?: Corkable };
  const stream = connection?.stream ?? _socket;
  if (!stream) throw new Error('This is neither a connected client of pg nor an open socket of ws.');
  return stream;
};
