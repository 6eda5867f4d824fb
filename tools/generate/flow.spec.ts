import { consumersIn } from './find-consumers';
import { flowPage } from './flow-page';

const path = 'apps/routing/src/queue/enqueue.handler.ts';
const file = (decorator: string) => `
  import { OnEvent, OnEventBatch as Batch, OnTail, OnTailBatch } from '@cordboard/event-bus';
  import { conversationClosed, conversationOpened as opened } from '@cordboard/events';
  const group = 'routing';
  const both = [opened, conversationClosed] as const;
  export class Enqueue {
    ${decorator}
    take() {}
  }`;

describe('consumers read from decorators', () => {
  it.each([
    ['@OnEvent(opened, { group })', { mode: 'each', group: 'routing', events: ['conversationOpened'] }],
    [
      "@Batch(both, { group: 'routing-batch', maxBatch: 10 })",
      { mode: 'batch', group: 'routing-batch', events: ['conversationOpened', 'conversationClosed'] },
    ],
    ['@OnTail([conversationClosed])', { mode: 'tail', events: ['conversationClosed'] }],
    ['@OnTailBatch(opened)', { mode: 'tail', events: ['conversationOpened'] }],
  ])('%s', (decorator, consumer) => {
    expect(consumersIn(path, file(decorator))).toEqual([{ app: 'routing', handler: 'Enqueue.take', ...consumer }]);
  });

  it('stop a decorator that cannot be read, with its place', () => {
    expect(() => consumersIn(path, file('@OnTail(eventsOf(queue))'))).toThrow(`${path}:7: which events the handler takes cannot be read`);
  });
});

describe('docs/flow.md', () => {
  it('says who publishes an event, under which key, and who takes it', () => {
    const page = flowPage([{ app: 'routing', handler: 'Enqueue.take', mode: 'batch', group: 'routing', events: ['conversationOpened'] }]);
    const section = page.slice(page.indexOf('## conversation.opened'), page.indexOf('## conversation.reopened'));
    expect(section).toContain('Published by inbox on `conversation.v1`');
    expect(section).toContain('key `{tenant}:conversation:{conversation.id}`');
    expect(section).toContain('| routing | `Enqueue.take` | in batches | `routing` |');
  });

  it('cannot be made when a handler takes an event that is not in the catalogue', () => {
    expect(() => flowPage([{ app: 'routing', handler: 'Enqueue.take', mode: 'tail', events: ['conversationForgotten'] }])).toThrow(
      'routing: Enqueue.take takes conversationForgotten, which is no event of the catalogue.',
    );
  });
});
