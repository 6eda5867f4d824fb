import { type DataOf, deliveryReported, newEvent, outboundRequested } from '@cordboard/events';
import { eventually } from '@cordboard/testing';
import type { ThreadMessage } from '@cordboard/webchat-protocol';
import type { VisitorClient } from '../../testing/visitor-client';
import { WebchatFixture } from '../../testing/webchat-fixture';

type Report = DataOf<typeof deliveryReported>;

describe('an agent’s message', () => {
  let webchat: WebchatFixture;
  beforeAll(async () => {
    webchat = await WebchatFixture.start({ replicas: 2 });
  });
  afterAll(() => webchat?.close());

  const heard = (visitor: VisitorClient) => {
    const messages: ThreadMessage[] = [];
    visitor.onMessage = (message) => messages.push(message);
    return messages;
  };
  const reportsOf = async (visitor: VisitorClient) =>
    (await webchat.published<Report>('delivery.reported')).map((event) => event.data).filter((data) => data.identity === visitor.visitorId);

  it('reaches the visitor on whichever replica they are, once, and is reported as sent', async () => {
    const here = await webchat.visitor({ replica: 0 });
    const there = await webchat.visitor({ token: here.token, lastN: null, replica: 1 });
    const [atHere, atThere] = [heard(here), heard(there)];
    const { data } = await webchat.agentWrites(here, 'В четверг в 17:20');
    await eventually(() => atHere.length === 1 && atThere.length === 1);
    expect(atHere[0]).toMatchObject({ id: data.entryId, n: 1, from: 'agent', text: 'В четверг в 17:20', authorName: 'Maria' });
    expect(await reportsOf(here)).toMatchObject([{ status: 'sent', entryIds: [data.entryId], conversationId: data.conversationId }]);
  });

  it('requested twice by different events is one message', async () => {
    const visitor = await webchat.visitor();
    const messages = heard(visitor);
    const { data } = await webchat.agentWrites(visitor, 'once');
    await webchat.publish(newEvent(outboundRequested, { source: 'inbox', tenantId: webchat.clinic.id }, data));
    await webchat.agentWrites(visitor, 'last');
    await eventually(() => messages.length === 2);
    expect(messages.map((message) => [message.n, message.text])).toEqual([
      [1, 'once'],
      [2, 'last'],
    ]);
  });

  it('for somebody who is not a visitor is reported as failed', async () => {
    const visitor = await webchat.visitor();
    const { data } = await webchat.agentWrites(visitor, 'nobody', { identity: 'somebody else' });
    await eventually(async () => {
      const reports = await webchat.published<Report>('delivery.reported');
      return reports.some((event) => event.data.entryIds.includes(data.entryId) && event.data.status === 'failed');
    });
  });

  it('is reported delivered and read when the visitor says so, forward only', async () => {
    const visitor = await webchat.visitor();
    const messages = heard(visitor);
    const first = await webchat.agentWrites(visitor, 'one');
    const { conversationId } = first.data;
    const second = await webchat.agentWrites(visitor, 'two', { conversationId });
    await eventually(() => messages.length === 2);
    visitor.markDelivered(2);
    await eventually(async () => (await reportsOf(visitor)).some((report) => report.status === 'delivered'));
    visitor.markRead(1);
    await eventually(async () => (await reportsOf(visitor)).some((report) => report.status === 'read'));
    visitor.markDelivered(1);
    visitor.markRead(99);
    await eventually(() => visitor.readN === 2);
    const ids = (status: string, reports: Report[]) =>
      reports.filter((report) => report.status === status).flatMap((report) => report.entryIds);
    const reports = await reportsOf(visitor);
    expect(ids('delivered', reports)).toEqual([first.data.entryId, second.data.entryId]);
    expect(ids('read', reports)).toEqual([first.data.entryId, second.data.entryId]);
  });

  it('is preceded by the notice that the agent types', async () => {
    const visitor = await webchat.visitor({ replica: 1 });
    const names: string[] = [];
    visitor.onTyping = (typing, name) => typing && names.push(name);
    await webchat.agentTypes(visitor);
    await eventually(() => names.length === 1);
    expect(names).toEqual(['Maria']);
  });
});
