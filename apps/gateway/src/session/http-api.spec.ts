import { identityCalls, inboxCalls, OperationalError, routingCalls, UserError } from '@cordboard/rpc';
import { v7 as uuidv7 } from 'uuid';
import { SpecGateway } from '../../testing/a-gateway';
import { anActor, anEntry, aView, clinic, shop } from '../../testing/builders';

const signIn = `mutation ($email: String!, $password: String!) { signIn(input: { email: $email, password: $password }) {
  __typename ... on SignedIn { viewer { id name tenants { slug } } } ... on SignInRefused { code message retryAfterMs } } }`;
const sendMessage = `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { __typename
  ... on EntryPayload { entry { id text status } conversation { id readCount } } ... on Refusal { code message }
  ... on ConversationMovedOn { conversation { id state } } } }`;

describe('the API over HTTP', () => {
  let gateway: SpecGateway;
  const maria = anActor();

  beforeAll(async () => {
    gateway = await new SpecGateway().start();
    gateway.people.set('maria', maria);
    gateway.services.answer(identityCalls.signIn, ({ password }) => {
      if (password === 'slow down') throw new UserError('TOO_MANY_ATTEMPTS', 'Too many wrong passwords.', { retryAfterMs: 30_000 });
      if (password !== 'right') throw new UserError('SIGN_IN_REFUSED', 'The e-mail address or the password is not right.');
      return { token: 'maria', expiresAt: '2030-01-01T00:00:00.000Z', actor: maria, language: 'en' };
    });
    gateway.services.answer(identityCalls.getTenants, () => [
      {
        ...{ id: clinic, operatorId: maria.operatorId, slug: 'clinic', name: 'Sever Clinics', shortName: 'Sever', colour: 'teal' as const },
        ...{ languages: ['ru', 'en'], timeZone: 'Asia/Novosibirsk', greeting: {}, hoursLine: {}, sites: [] },
      },
    ]);
  });
  afterAll(() => gateway.stop());

  it('signs in with a cookie that scripts and other sites cannot use', async () => {
    const { body, headers } = await gateway.ask(signIn, { variables: { email: 'maria@demo.example', password: 'right' } });
    expect(body.data?.signIn).toEqual({
      __typename: 'SignedIn',
      viewer: { id: maria.personId, name: 'Maria Kern', tenants: [{ slug: 'clinic' }] },
    });
    const [pair, ...attributes] = headers.get('set-cookie')?.split('; ') ?? [];
    expect(pair).toBe('cordboard_session=maria');
    expect(attributes).toEqual(expect.arrayContaining(['Path=/', 'HttpOnly', 'SameSite=Strict']));
    expect(attributes.some((attribute) => attribute.startsWith('Domain'))).toBe(false);
    expect(attributes).not.toContain('Secure');
  });

  it('marks the cookie Secure behind https', async () => {
    const variables = { email: 'maria@demo.example', password: 'right' };
    const { headers } = await gateway.ask(signIn, { variables, headers: { 'x-forwarded-proto': 'https' } });
    expect(headers.get('set-cookie')).toContain('; Secure');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
  });

  it('refuses a sign-in with a reason and, after too many, a time', async () => {
    const ask = async (password: string) =>
      (await gateway.ask(signIn, { variables: { email: 'x@y.example', password } })).body.data?.signIn;
    expect(await ask('wrong')).toMatchObject({ __typename: 'SignInRefused', code: 'SIGN_IN_REFUSED', retryAfterMs: null });
    expect(await ask('slow down')).toMatchObject({ code: 'TOO_MANY_ATTEMPTS', retryAfterMs: 30_000 });
  });

  it('believes X-Forwarded-For only from proxies it was told of', async () => {
    await gateway.ask(signIn, { variables: { email: 'x@y.example', password: 'wrong' }, headers: { 'x-forwarded-for': '6.6.6.6' } });
    expect(gateway.services.asked.at(-1)?.input).toMatchObject({ address: '127.0.0.1' });
  });

  it('signs out and takes the cookie away', async () => {
    gateway.services.answer(identityCalls.signOut, (_, actor) => ({ sessionIds: [actor?.sessionId ?? ''] }));
    const { body, headers } = await gateway.ask('mutation { signOut(input: {}) { ok } }', { token: 'maria' });
    expect(body.data).toEqual({ signOut: { ok: true } });
    expect(headers.get('set-cookie')).toContain('cordboard_session=; Max-Age=0');
  });

  it('asks on behalf of the signed-in person, in the trace of the request', async () => {
    gateway.services.answer(inboxCalls.countConversations, () => ({ mine: 1, waiting: 2, open: 3 }));
    const traceparent = `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`;
    const { body } = await gateway.ask('{ conversationCounts { mine open } }', { token: 'maria', headers: { traceparent } });
    expect(body.data).toEqual({ conversationCounts: { mine: 1, open: 3 } });
    expect(gateway.services.asked.at(-1)).toMatchObject({ actor: maria, traceparent });
  });

  it('refuses strangers, and people in tenants that are not theirs', async () => {
    const stranger = await gateway.ask('{ conversationCounts { mine } }');
    expect(stranger.body).toMatchObject({ data: null, errors: [{ extensions: { code: 'NOT_SIGNED_IN' } }] });
    const { body } = await gateway.ask('query ($t: ID!) { conversation(tenantId: $t, id: $t) { id } }', {
      token: 'maria',
      variables: { t: shop },
    });
    expect(body).toMatchObject({ data: { conversation: null }, errors: [{ extensions: { code: 'NOT_ALLOWED' } }] });
  });

  it('tells the expected errors of a mutation as members of its result', async () => {
    const conversation = aView({ state: 'closed', workState: 'done' });
    const input = { clientId: uuidv7(), tenantId: clinic, conversationId: conversation.id, text: 'We are.' };
    const entry = anEntry(conversation, { author: 'agent', text: 'We are.', status: 'pending' });
    gateway.services.answer(inboxCalls.getConversations, () => [conversation]);
    gateway.services.answer(inboxCalls.sendMessage, ({ text }) => {
      if (text === 'late') throw new UserError('CONVERSATION_CLOSED', 'It has been closed.');
      return { entry, conversation };
    });
    const send = async (text: string) =>
      (await gateway.ask(sendMessage, { token: 'maria', variables: { input: { ...input, text } } })).body.data?.sendMessage;
    expect(await send('We are.')).toMatchObject({ __typename: 'EntryPayload', entry: { id: entry.id, status: 'PENDING' } });
    expect(await send('late')).toMatchObject({
      __typename: 'ConversationMovedOn',
      code: 'CONVERSATION_CLOSED',
      conversation: { state: 'CLOSED' },
    });
    expect(await send('')).toMatchObject({ __typename: 'InputRefused', code: 'BAD_INPUT' });
  });

  it('tells what may be tried again, and nothing of what broke', async () => {
    gateway.services.answer(routingCalls.getOffers, () => Promise.reject(new OperationalError('DEADLINE', 'No answer in time.', 500)));
    const later = await gateway.ask('{ offers { id } }', { token: 'maria' });
    expect(later.body.errors).toMatchObject([{ message: 'No answer in time.', extensions: { code: 'DEADLINE', retryAfterMs: 500 } }]);
    gateway.services.answer(routingCalls.getOffers, () => Promise.reject(new Error('password of the database is hunter2')));
    const broken = await gateway.ask('{ offers { id } }', { token: 'maria' });
    expect(broken.body.errors).toEqual([
      { message: 'Something went wrong on our side. It has been logged.', path: ['offers'], extensions: { code: 'INTERNAL' } },
    ]);
  });

  it('answers 503 with Retry-After while nobody can say who is signed in', async () => {
    gateway.services.answer(identityCalls.resolveSession, () =>
      Promise.reject(new OperationalError('DATABASE_AWAY', 'No database.', 1500)),
    );
    const { status, headers, body } = await gateway.ask('{ viewer { id } }', { token: 'unlucky' });
    expect(status).toBe(503);
    expect(headers.get('retry-after')).toBe('2');
    expect(body.errors).toMatchObject([{ extensions: { code: 'DATABASE_AWAY', retryAfterMs: 1500 } }]);
    gateway.knowPeople();
  });

  it('shows the schema to people who are signed in, and no hint of it to others', async () => {
    const query = '{ __schema { queryType { name } } }';
    expect((await gateway.ask(query)).body.errors).toMatchObject([{ extensions: { code: 'NOT_SIGNED_IN' } }]);
    expect((await gateway.ask(query, { token: 'maria' })).body.data).toEqual({ __schema: { queryType: { name: 'Query' } } });
    const typo = await gateway.ask('{ viewr { id } }');
    expect(typo.body.errors?.[0]?.message).not.toContain('Did you mean');
  });

  it.each([
    ['aliases', `{ ${Array.from({ length: 16 }, (_, n) => `a${n}: viewer { id }`).join(' ')} }`],
    ['rootFields', `{ ${'viewer { id } '.repeat(21)} }`],
    ['cost', `query ($t: ID!) { contact(tenantId: $t, id: $t) { conversations(first: 20001) { id } } }`],
  ])('refuses too much: %s', async (limit, query) => {
    const { body, status } = await gateway.ask(query, { token: 'maria', variables: { t: clinic } });
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ extensions: { code: 'TOO_MUCH' } }]);
    expect(body.errors?.[0]?.message).toContain(limit === 'rootFields' ? 'fields at the root' : limit);
  });

  it('refuses documents past 1,000 tokens, batches and bodies past 256 kB', async () => {
    expect((await gateway.ask(`{ viewer { ${'id '.repeat(1000)} } }`)).body.errors).toMatchObject([
      { extensions: { code: 'GRAPHQL_PARSE_FAILED' } },
    ]);
    const post = (body: string) => fetch(gateway.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect((await post('[{"query":"{viewer{id}}"},{"query":"{viewer{id}}"}]')).status).toBe(400);
    expect((await post(JSON.stringify({ query: '{viewer{id}}', variables: { x: 'x'.repeat(262_144) } }))).status).toBe(413);
  });

  it("answers no page of another site, and no form's POST", async () => {
    expect((await gateway.ask('{ viewer { id } }', { token: 'maria', headers: { origin: 'https://evil.example' } })).status).toBe(403);
    expect((await gateway.ask('{ viewer { id } }', { token: 'maria', headers: { origin: `http://${gateway.host}` } })).status).toBe(200);
    const form = await fetch(gateway.url, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"query":"{viewer{id}}"}' });
    expect(form.status).toBeGreaterThanOrEqual(400);
    const simpleGet = await fetch(`${gateway.url}?query=${encodeURIComponent('{viewer{id}}')}`);
    expect(simpleGet.status).toBe(400);
  });
});
