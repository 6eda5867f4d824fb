import { inboxCalls, OperationalError, routingCalls, UserError } from '@cordboard/rpc';
import { v7 as uuidv7 } from 'uuid';
import { SpecGateway } from '../../testing/a-gateway';
import { anActor, anEntry, aView, clinic, shop } from '../../testing/builders';

const sendMessage = `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { __typename
  ... on EntryPayload { entry { id } } ... on Refusal { code } } }`;

describe('an answer while something is away or busy', () => {
  let gateway: SpecGateway;
  const away = (code: string, retryAfterMs: number) => () => Promise.reject(new OperationalError(code, 'Not just now.', retryAfterMs));
  const ask = (query: string, variables?: object) => gateway.ask(query, { token: 'maria', variables });

  beforeAll(async () => {
    gateway = await new SpecGateway().start();
    gateway.people.set('maria', anActor());
  });
  afterAll(() => gateway.stop());

  it('is a 503 that names the longest wait in whole seconds, with the body it always had', async () => {
    gateway.services.answer(routingCalls.getOffers, away('DATABASE_AWAY', 400));
    const one = await ask('{ offers { id } }');
    expect([one.status, one.headers.get('retry-after')]).toEqual([503, '1']);
    expect(one.body).toMatchObject({
      data: null,
      errors: [{ message: 'Not just now.', path: ['offers'], extensions: { code: 'DATABASE_AWAY', retryAfterMs: 400 } }],
    });
    gateway.services.answer(inboxCalls.getContacts, away('DEADLINE', 2100)).answer(inboxCalls.getConversations, away('DEADLINE', 400));
    const two = await ask('query ($t: ID!) { contact(tenantId: $t, id: $t) { id } conversation(tenantId: $t, id: $t) { id } }', {
      t: clinic,
    });
    expect([two.status, two.headers.get('retry-after')]).toEqual([503, '3']);
    expect(two.body.data).toEqual({ contact: null, conversation: null });
  });

  it('is a 503 too when a field below took the one at the root with it', async () => {
    gateway.services.answer(routingCalls.getPresences, away('SERVICE_AWAY', 1000));
    const { status, body } = await ask('{ viewer { presence { status } } }');
    expect([status, body.data]).toEqual([503, { viewer: null }]);
  });

  it.each([
    ['another field has an answer', 'viewer { id }'],
    ['another field has nothing to show', `conversation(tenantId: "${clinic}", id: "${clinic}") { id }`],
    ['another field is refused', `conversation(tenantId: "${shop}", id: "${clinic}") { id }`],
  ])('is a 200 without Retry-After where %s', async (_, other) => {
    gateway.services.answer(inboxCalls.getContacts, away('SERVICE_AWAY', 1000)).answer(inboxCalls.getConversations, () => []);
    const { status, headers, body } = await ask(`query ($t: ID!) { contact(tenantId: $t, id: $t) { id } ${other} }`, { t: clinic });
    expect([status, headers.get('retry-after')]).toEqual([200, null]);
    expect(body.errors).toContainEqual(
      expect.objectContaining({ path: ['contact'], extensions: { code: 'SERVICE_AWAY', retryAfterMs: 1000 } }),
    );
  });

  it('is no 503 for a defect of ours', async () => {
    gateway.services.answer(routingCalls.getOffers, () => Promise.reject(new Error('a defect')));
    expect((await ask('{ offers { id } }')).status).toBe(200);
  });

  it('asks for the same mutation again, and stays a 200 when the mutation is refused', async () => {
    const conversation = aView();
    const input = { clientId: uuidv7(), tenantId: clinic, conversationId: conversation.id, text: 'We are.' };
    gateway.services.answer(inboxCalls.sendMessage, away('BUSY', 1000));
    expect((await ask(sendMessage, { input })).status).toBe(503);
    gateway.services.answer(inboxCalls.sendMessage, () => ({ entry: anEntry(conversation, { id: input.clientId }), conversation }));
    const again = await ask(sendMessage, { input });
    expect(again.status).toBe(200);
    expect(again.body.data).toEqual({ sendMessage: { __typename: 'EntryPayload', entry: { id: input.clientId } } });
    gateway.services.answer(inboxCalls.sendMessage, () => Promise.reject(new UserError('CLIENT_ID_REUSED', 'Used.')));
    const refused = await ask(sendMessage, { input });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([200, null]);
    expect(refused.body.data).toMatchObject({ sendMessage: { code: 'CLIENT_ID_REUSED' } });
  });
});
