/**
 * What a subscription's resolver answers: which field of the schema, which channels of the hub, and the tenants
 * whose events the viewer may see. It is an event stream in GraphQL's eyes; the hub feeds the sockets instead of
 * letting each of them execute by itself.
 */
export class LiveRequest implements AsyncIterable<never> {
  constructor(
    readonly field: string,
    readonly channels: readonly string[],
    readonly tenantIds: ReadonlySet<string>,
  ) {}

  [Symbol.asyncIterator](): AsyncIterator<never> {
    throw new Error('Subscriptions are served by sockets/socket-server.ts; there is nothing to iterate.');
  }
}
