/** Version of the protocol; the server refuses a `hello` with another. */
export const PROTOCOL_VERSION = 1;

/** Bounds that both sides keep to. */
export const limits = {
  /** Characters of one message. */
  textMax: 4096,
  /** Bytes of one frame. */
  frameBytes: 65_536,
  /** Messages of one `history` page, and of the first `welcome`. */
  page: 50,
  /** Messages of one `welcome` or `messages` answer to a resume. */
  resume: 500,
  /** The client says `ping` this often. */
  pingMs: 25_000,
  /** The client holds a connection for dead when nothing came this long after a `ping`. */
  pongMs: 10_000,
  /** At most one `typing` in this time, each way. */
  typingEveryMs: 3_000,
  /** A shown "is typing" fades after this time. */
  typingForMs: 6_000,
  /** How long one long poll waits. */
  pollMs: 25_000,
} as const;
