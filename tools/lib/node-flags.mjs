/**
 * How Cordboard's process is started: source maps for readable errors. A larger young generation than Node's own was
 * tried: at 1,000 messages a second 24 and 40 MB brought nothing but memory.
 */
export const nodeFlags = ['--enable-source-maps'];
