import { conversationOpened, messageRecorded, offerMade, personChanged, sessionRevoked } from '@cordboard/events';
import { inboxCalls, routingCalls } from '@cordboard/rpc';
import { eventually } from '@cordboard/testing';
import WebSocket from 'ws';
import { SpecGateway } from '../../testing/a-gateway';
import { aConversation, anActor, anEntry, anOffer, aView, clinic, shop } from '../../testing/builders';

const all = 'subscription { conversationEvents(scope: ALL) { conversation { id lastLine } entry { text } left } }';
const withMarks = 'subscription { conversationEvents(scope: ALL) { conversation { id inboundCount readCount } } }';
const mine = 'subscription { conversationEvents(scope: MINE) { conversation { id } left } }';
const trace = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;

describe('live sockets', () => {
  let gateway: SpecGateway;
  const maria = anActor();
  const omar = anActor({ name: 'Omar Aziz' });
  const kate = anActor({ name: 'Kate Lee', grants: [{ tenantId: shop, role: 'agent' }] });

  beforeAll(async () => {
    gateway = await new SpecGateway().start();
    gateway.people.set('maria', maria).set('omar', omar).set('kate', kate);
  });
  afterAll(() => gateway.stop());

  const executions = async () => {
    const { values } = await gateway.metric('cordboard_live_executions_total');
    return values.reduce((sum, { value }) => sum + value, 0);
  };

  it('execute an event once for all who ask the same, and give it to nobody else', async () => {
    const sockets = [gateway.socket('maria'), gateway.socket('omar'), gateway.socket('kate')];
    const [marias, omars, kates] = await Promise.all(sockets.map((socket) => socket.subscribe(all)));
    const before = await executions();
    const conversation = aConversation();
    await gateway.bus.emit(messageRecorded, clinic, { conversation, entry: anEntry(conversation) }, trace);
    await eventually(() => marias?.length === 1 && omars?.length === 1);
    expect(marias?.[0]).toEqual({
      data: {
        conversationEvents: {
          conversation: { id: conversation.id, lastLine: conversation.lastLine },
          entry: { text: conversation.lastLine },
          left: false,
        },
      },
      extensions: { traceparent: trace },
    });
    expect(omars).toEqual(marias);
    expect(await executions()).toBe(before + 1);
    await sockets[2]?.inPlace();
    expect(kates).toEqual([]);
  });

  it("tell each viewer's own read mark, asking the inbox only for those they do not know", async () => {
    const opened = aConversation({ inboundCount: 1 });
    const older = aConversation({ inboundCount: 5 });
    gateway.services.answer(inboxCalls.getConversations, ({ ids }, actor) =>
      ids.map(({ conversationId }) => aView({ ...older, id: conversationId, readCount: actor?.personId === maria.personId ? 3 : 0 })),
    );
    const [marias, omars] = await Promise.all([gateway.socket('maria').subscribe(withMarks), gateway.socket('omar').subscribe(withMarks)]);
    const asked = gateway.services.count(inboxCalls.getConversations);
    await gateway.bus.emit(conversationOpened, clinic, { conversation: opened });
    await eventually(() => marias.length === 1 && omars.length === 1);
    expect(gateway.services.count(inboxCalls.getConversations)).toBe(asked);
    await gateway.bus.emit(messageRecorded, clinic, { conversation: older, entry: anEntry(older) });
    await gateway.bus.emit(messageRecorded, clinic, { conversation: { ...older, inboundCount: 6 }, entry: anEntry(older) });
    await eventually(() => marias.length === 3 && omars.length === 3);
    const marks = (results: typeof marias) =>
      results.map(({ data }) => (data as { conversationEvents: { conversation: object } }).conversationEvents.conversation);
    expect(marks(marias)).toMatchObject([{ readCount: 0 }, { inboundCount: 5, readCount: 3 }, { inboundCount: 6, readCount: 3 }]);
    expect(marks(omars)).toMatchObject([{ readCount: 0 }, { inboundCount: 5, readCount: 0 }, { inboundCount: 6, readCount: 0 }]);
    expect(gateway.services.count(inboxCalls.getConversations)).toBeLessThanOrEqual(asked + 4);
  });

  it('tell who has just lost a conversation that it has left', async () => {
    const [marias, omars] = await Promise.all([gateway.socket('maria').subscribe(mine), gateway.socket('omar').subscribe(mine)]);
    const conversation = aConversation({ workState: 'active', assigneeId: maria.personId });
    await gateway.bus.emit(conversationOpened, clinic, { conversation });
    await gateway.bus.emit(messageRecorded, clinic, {
      conversation: { ...conversation, assigneeId: omar.personId },
      entry: anEntry(conversation),
    });
    await eventually(() => marias.length === 2 && omars.length === 1);
    const left = (results: typeof marias) =>
      results.map(({ data }) => (data as { conversationEvents: { left: boolean } }).conversationEvents.left);
    expect(left(marias)).toEqual([false, true]);
    expect(left(omars)).toEqual([false]);
  });

  it('ring only at the agent an offer is made to', async () => {
    const query = 'subscription { offerEvents { offer { id token } ending } }';
    const [marias, omars] = await Promise.all([gateway.socket('maria').subscribe(query), gateway.socket('omar').subscribe(query)]);
    const offer = anOffer({ agentId: maria.personId });
    await gateway.bus.emit(offerMade, clinic, offer);
    await eventually(() => marias.length === 1);
    expect(marias[0]?.data).toEqual({ offerEvents: { offer: { id: offer.id, token: 1 }, ending: null } });
    expect(omars).toEqual([]);
  });

  it('hold a presence lease each, and give it up when they close', async () => {
    const leases = () =>
      gateway.services.asked.filter(({ name }) => name === routingCalls.renewLease.name).map(({ input }) => input as { gone: boolean });
    const before = leases().length;
    const socket = gateway.socket('maria');
    await socket.inPlace();
    await eventually(() => leases().length === before + 1);
    socket.end();
    await eventually(() => leases().at(-1)?.gone === true);
  });

  it('close when the session is revoked, and the cookie is worth nothing any more', async () => {
    const leaving = anActor();
    gateway.people.set('leaving', leaving);
    const socket = gateway.socket('leaving');
    await socket.subscribe(all);
    gateway.people.delete('leaving');
    await gateway.bus.emit(sessionRevoked, leaving.operatorId, { sessionId: leaving.sessionId, personId: leaving.personId });
    await expect(socket.closed).resolves.toBe(4401);
    const { body } = await gateway.ask('{ viewer { id } }', { token: 'leaving' });
    expect(body).toEqual({ data: { viewer: null } });
  });

  it("close when the person's grants changed, and only then", async () => {
    const person = anActor();
    gateway.people.set('changing', person);
    const socket = gateway.socket('changing');
    await socket.subscribe(all);
    const { personId: id, operatorId, name, grants } = person;
    const same = { id, operatorId, name, email: 'a@b.example', language: 'en', chatCapacity: 4, archivedAt: null, grants, version: 2 };
    await gateway.bus.emit(personChanged, operatorId, same);
    await socket.inPlace();
    await gateway.bus.emit(personChanged, operatorId, { ...same, grants: [], version: 3 });
    await expect(socket.closed).resolves.toBe(4403);
  });

  it('are not opened without a session', async () => {
    await expect(gateway.socket('nobody').closed).resolves.toBe(4401);
  });

  it("are refused to other sites' pages", async () => {
    const upgrade = (origin: string) =>
      new Promise<number>((resolve) => {
        const socket = new WebSocket(`ws://${gateway.host}/graphql`, 'graphql-transport-ws', {
          origin,
          headers: { cookie: 'cordboard_session=maria' },
        });
        socket.on('unexpected-response', (_, { statusCode = 0 }) => resolve(statusCode));
        socket.on('error', () => undefined);
        socket.on('open', () => {
          socket.close();
          resolve(101);
        });
      });
    await expect(upgrade('https://evil.example')).resolves.toBe(403);
    await expect(upgrade('null')).resolves.toBe(403);
    await expect(upgrade(`http://${gateway.host}`)).resolves.toBe(101);
  });

  it('refuse what is too much, and queries', async () => {
    const socket = gateway.socket('maria');
    const aliases = Array.from({ length: 16 }, (_, index) => `a${index}: lastLine`).join(' ');
    const tooMany = `subscription { conversationEvents(scope: ALL) { conversation { ${aliases} } } }`;
    await expect(socket.subscribe(tooMany)).rejects.toMatchObject([{ extensions: { code: 'TOO_MUCH', limit: 'aliases' } }]);
    const long = `subscription { presenceEvents { ${'personId '.repeat(1000)} } }`;
    await expect(socket.subscribe(long)).rejects.toMatchObject([{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }]);
    await expect(socket.subscribe('{ viewer { id } }')).rejects.toMatchObject([{ extensions: { code: 'HTTP_ONLY' } }]);
    await expect(socket.subscribe('subscription { conversationEvents(scope: ALL) { nonsense } }')).rejects.toMatchObject([
      { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ]);
  });

  it('answer a subscription that the person may not have with an error', async () => {
    gateway.people.set('admin', anActor({ grants: [{ tenantId: clinic, role: 'tenant_admin' }] }));
    const results = await gateway.socket('admin').subscribe('subscription { offerEvents { ending } }');
    await eventually(() => results.length === 1);
    expect(results).toMatchObject([{ errors: [{ extensions: { code: 'NOT_ALLOWED' } }] }]);
  });
});
