import { foreignTopics } from './topic-owners';

const publishing = (definition: string, source: string) => `
  import { ${definition}, newEvent as make } from '@cordboard/events';
  export const tell = (tx) => tx.publish(make(${definition}, { source: '${source}', tenantId: '1' }, {}));`;

describe('owners of topics', () => {
  it('let a service publish on its own topics', () => {
    expect(foreignTopics('apps/inbox/src/tell.ts', publishing('conversationOpened', 'inbox'))).toEqual([]);
  });

  it('let a channel publish on the topics of channels', () => {
    expect(foreignTopics('apps/webchat/src/tell.ts', publishing('inboundReceived', 'webchat'))).toEqual([]);
  });

  it("stop a service that publishes on another's topic", () => {
    expect(foreignTopics('apps/routing/src/tell.ts', publishing('conversationOpened', 'routing'))).toEqual([
      'apps/routing/src/tell.ts:3: routing publishes conversation.opened, but conversation.v1 belongs to inbox',
    ]);
  });

  it('stop it behind a helper of its own and under another name', () => {
    const text = `import { workChanged as changed } from '@cordboard/events';\nexport const tell = (change) => change.tell(changed, {});`;
    expect(foreignTopics('apps/gateway/src/tell.ts', text)).toEqual([
      'apps/gateway/src/tell.ts:2: gateway publishes work.changed, but work.v1 belongs to routing',
    ]);
  });

  it('stop an event in the name of another service', () => {
    expect(foreignTopics('apps/inbox/src/tell.ts', publishing('conversationOpened', 'routing'))).toEqual([
      'apps/inbox/src/tell.ts:3: inbox names routing as the source of its event',
    ]);
  });

  it('let anybody take events and tell them apart', () => {
    const text = `
      import { isEvent, OnTail } from '@cordboard/event-bus';
      import { workChanged } from '@cordboard/events';
      export class Feed { @OnTail(workChanged) take(event) { return isEvent(workChanged, event); } }`;
    expect(foreignTopics('apps/gateway/src/feed.ts', text)).toEqual([]);
  });
});
