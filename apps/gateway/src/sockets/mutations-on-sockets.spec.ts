import { randomUUID } from 'node:crypto';
import { identityCalls, inboxCalls, OperationalError } from '@cordboard/rpc';
import { eventually } from '@cordboard/testing';
import { SpecGateway } from '../../testing/a-gateway';
import { aConversation, anActor, anEntry, aView, clinic, shop } from '../../testing/builders';

const sendMessage = `mutation ($input: SendMessageInput!) { sendMessage(input: $input) {
  __typename ... on EntryPayload { entry { id } conversation { id } } ... on Refusal { code } } }`;
const trace = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
const internal = { message: 'Something went wrong on our side. It has been logged.', extensions: { code: 'INTERNAL' } };

describe('mutations on a socket', () => {
  let gateway: SpecGateway;
  const conversation = aConversation();
  const input = { clientId: randomUUID(), tenantId: clinic, conversationId: conversation.id, text: 'Until five.' };

  beforeAll(async () => {
    gateway = await new SpecGateway().start();
    gateway.people.set('maria', anActor());
  });
  afterAll(() => gateway.stop());
  beforeEach(() => {
    gateway.services.answer(inboxCalls.sendMessage, ({ clientId }) => ({
      entry: anEntry(conversation, { id: clientId }),
      conversation: aView(conversation),
    }));
  });

  it('are answered as over HTTP, in the trace they name', async () => {
    const bySocket = await gateway.socket('maria').ask(sendMessage, { input }, { traceparent: trace });
    const { body } = await gateway.ask(sendMessage, { token: 'maria', variables: { input } });
    expect(bySocket).toEqual(body);
    expect(bySocket.data).toMatchObject({ sendMessage: { __typename: 'EntryPayload', entry: { id: input.clientId } } });
    const [first] = gateway.services.asked.filter(({ name }) => name === inboxCalls.sendMessage.name);
    expect(first?.traceparent?.slice(0, 35)).toBe(trace.slice(0, 35));
  });

  it('ask the same permission', async () => {
    const answer = await gateway.socket('maria').ask(sendMessage, { input: { ...input, tenantId: shop } });
    expect(answer.errors).toMatchObject([{ extensions: { code: 'NOT_ALLOWED' } }]);
  });

  it('count as use of the session, and find out that it has ended', async () => {
    let now = performance.now();
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => now);
    gateway.people.set('leaving', anActor());
    const socket = gateway.socket('leaving');
    await socket.ask(sendMessage, { input });
    now += 6000;
    const asked = () => gateway.services.asked.filter(({ name }) => name === identityCalls.resolveSession.name);
    const before = asked().length;
    await socket.ask(sendMessage, { input });
    expect(
      asked()
        .slice(before)
        .map((call) => call.input),
    ).toEqual([{ token: 'leaving', touch: true }]);
    gateway.people.delete('leaving');
    now += 6000;
    const answer = await socket.ask(sendMessage, { input });
    expect(answer.errors).toMatchObject([{ extensions: { code: 'NOT_SIGNED_IN' } }]);
    clock.mockRestore();
  });

  it('say when to come again where something is away, and no more than that something went wrong otherwise', async () => {
    const socket = gateway.socket('maria');
    gateway.services.answer(inboxCalls.sendMessage, () => Promise.reject(new OperationalError('BUSY', 'Come again.', 700)));
    expect((await socket.ask(sendMessage, { input })).errors).toMatchObject([
      { message: 'Come again.', extensions: { code: 'BUSY', retryAfterMs: 700 } },
    ]);
    gateway.services.answer(inboxCalls.sendMessage, () => Promise.reject(new Error('a defect with a secret')));
    expect((await socket.ask(sendMessage, { input })).errors).toMatchObject([internal]);
    gateway.services.answer(identityCalls.resolveSession, () => Promise.reject(new Error('a defect of identity')));
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => Number.MAX_SAFE_INTEGER);
    expect((await socket.ask(sendMessage, { input })).errors).toMatchObject([internal]);
    clock.mockRestore();
    gateway.knowPeople();
  });

  it('are refused where a variable does not fit, where the size is too much, and where a cookie has to be set', async () => {
    const socket = gateway.socket('maria');
    const wrong = { input: { ...input, text: 7 } };
    const { body } = await gateway.ask(sendMessage, { token: 'maria', variables: wrong });
    const { message } = body.errors?.[0] ?? {};
    expect((await socket.ask(sendMessage, wrong)).errors).toMatchObject([{ message, extensions: { code: 'BAD_USER_INPUT' } }]);
    const aliases = Array.from({ length: 16 }, (_, index) => `a${index}: __typename`).join(' ');
    const tooMany = `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { ${aliases} } }`;
    await expect(socket.ask(tooMany, { input })).rejects.toMatchObject([{ extensions: { code: 'TOO_MUCH', limit: 'aliases' } }]);
    const signIn = 'mutation { signIn(input: { email: "a@b.example", password: "x" }) { ... on Refusal { code } } }';
    expect((await socket.ask(signIn)).data).toEqual({ signIn: { code: 'HTTP_ONLY' } });
    const signOut = await socket.ask('mutation { signOut(input: { everywhere: true }) { ok } }');
    expect(signOut.errors).toMatchObject([{ extensions: { code: 'HTTP_ONLY' } }]);
    expect(gateway.services.count(identityCalls.signOut)).toBe(0);
  });

  it('close a socket that uses the id of one that still runs, and nothing is left of what it had subscribed', async () => {
    let answer = () => undefined as unknown;
    gateway.services.answer(inboxCalls.sendMessage, async ({ clientId }) => {
      await new Promise((go) => {
        answer = () => go(undefined);
      });
      return { entry: anEntry(conversation, { id: clientId }), conversation: aView(conversation) };
    });
    const subscriptions = async () => (await gateway.metric('cordboard_live_subscriptions')).values[0]?.value;
    const before = await subscriptions();
    const socket = gateway.socket('maria');
    await socket.subscribe('subscription { conversationEvents(scope: ALL) { left } }');
    expect(await subscriptions()).toBe(Number(before) + 1);
    await socket.say({ id: 'same', type: 'subscribe', payload: { query: sendMessage, variables: { input } } });
    await socket.say({ id: 'same', type: 'complete' });
    await socket.say({ id: 'same', type: 'subscribe', payload: { query: 'subscription { offerEvents { ending } }' } });
    await expect(socket.closed).resolves.toBe(4409);
    answer();
    await eventually(async () => (await subscriptions()) === before);
  });
});
