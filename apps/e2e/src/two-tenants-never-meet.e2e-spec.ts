import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { eventually } from '@cordboard/testing';
import { buildSchema, type GraphQLField, type GraphQLObjectType, isObjectType } from 'graphql';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { type Answer, ApiClient } from './support/api-client';
import { Cordboard } from './support/cordboard';
import { collectAnswered, documentFor } from './support/every-field';
import { writeAsVisitor } from './support/visitor-socket';

const schema = buildSchema(readFileSync(resolve(__dirname, '../../../libs/graphql/schema.graphql'), 'utf8'));
type Variables = Record<string, unknown>;

/** Everything of one tenant that a field's arguments can name. */
interface Things {
  tenantId: string;
  conversationId: string;
  contactId: string;
  offerId: string;
  offerToken: number;
  reasonId: string;
  outcomeId: string;
  rev: number;
  workVersion: number;
  personId: string;
}

/** Answered only in situations this sweep does not make: a colleague was faster, somebody has to wait, and the like. */
const notInThisSweep = new Set([
  ...['OfferGone.takenBy', 'WorkMovedOn.assigneeName', 'SignInRefused.retryAfterMs', 'SystemLine.detail', 'Conversation.previousId'],
  ...['Contact.name', 'Conversation.contactName', 'Offer.contactName', 'Presence.reason', 'Conversation.page', 'Page.url', 'Page.title'],
]);

const secret = 'the results of my heart examination';

/** In the order they are called: the conversation is accepted, answered, handed back, taken and closed on the way. */
function probes(things: Things): [operation: 'query' | 'mutation', field: string, variables: () => Variables][] {
  const { tenantId, conversationId } = things;
  const work = () => ({ clientId: randomUUID(), tenantId, conversationId });
  const offer = () => ({ clientId: randomUUID(), tenantId, offerId: things.offerId, token: things.offerToken });
  return [
    ['query', 'viewer', () => ({})],
    ['query', 'offers', () => ({})],
    ['mutation', 'acceptOffer', () => ({ input: offer() })],
    ['mutation', 'declineOffer', () => ({ input: { ...offer(), reason: 'BUSY' } })],
    ['query', 'conversations', () => ({ filter: { scope: 'ALL', tenantIds: [tenantId] }, first: 50, after: null })],
    ['query', 'conversationCounts', () => ({})],
    ['query', 'conversation', () => ({ tenantId, id: conversationId })],
    ['query', 'contact', () => ({ tenantId, id: things.contactId })],
    ['query', 'agents', () => ({})],
    ['query', 'queues', () => ({})],
    ['mutation', 'sendMessage', () => ({ input: { ...work(), text: 'An answer' } })],
    ['mutation', 'addNote', () => ({ input: { ...work(), text: 'A note' } })],
    ['mutation', 'markRead', () => ({ input: { tenantId, conversationId, inboundCount: 1 } })],
    ['mutation', 'setTyping', () => ({ input: { tenantId, conversationId, typing: true } })],
    ['mutation', 'transferConversation', () => ({ input: { ...work(), expectedWorkVersion: things.workVersion, toAgentId: null } })],
    ['mutation', 'takeConversation', () => ({ input: { ...work(), expectedWorkVersion: 0 } })],
    [
      ...(['mutation', 'closeConversation'] as const),
      () => ({ input: { ...work(), expectedRev: 10_000, reasonId: things.reasonId, outcomeId: things.outcomeId } }),
    ],
    ['query', 'timeline', () => ({ tenantId, conversationId, afterRev: null, beforeSeq: null, first: 60 })],
    ['query', 'conversation', () => ({ tenantId, id: conversationId })],
    ['mutation', 'reopenConversation', () => ({ input: work() })],
    ['mutation', 'setPresence', () => ({ input: { clientId: randomUUID(), status: 'AWAY', reason: 'LUNCH' } })],
    ['mutation', 'signIn', () => ({ input: { email: 'olga@demo.cordboard.example', password: 'cordboard-demo' } })],
    ['mutation', 'signIn', () => ({ input: { email: 'olga@demo.cordboard.example', password: 'wrong' } })],
    ['mutation', 'signOut', () => ({ input: { everywhere: false } })],
  ];
}

describe('Two tenants never meet', () => {
  let cordboard: Cordboard;
  let olga: ApiClient;
  let kate: ApiClient;
  let sever: Things;
  let footpath: Things;
  const sockets: WebSocket[] = [];

  beforeAll(async () => {
    cordboard = await Cordboard.open({ OFFER_TIMEOUT_MS: '120000' });
    olga = await ApiClient.signIn(cordboard, 'olga');
    kate = await ApiClient.signIn(cordboard, 'kate');
    sever = await conversationOf(olga, 'clinic', secret);
    footpath = await conversationOf(kate, 'shop', 'a pair of boots');
  });

  afterAll(async () => {
    for (const socket of sockets) socket.terminate();
    await cordboard?.dispose();
  });

  it('has a probe for every root field', () => {
    const fields = (type: GraphQLObjectType | null | undefined) => Object.keys(type?.getFields() ?? {});
    const probed = new Set(probes(sever).map(([, field]) => field));
    expect([...fields(schema.getQueryType()), ...fields(schema.getMutationType())].filter((field) => !probed.has(field))).toEqual([]);
  });

  it('shows and changes nothing of the other tenant, by any field', async () => {
    const before = await olga.ask('query ($t: ID!, $c: ID!) { conversation(tenantId: $t, id: $c) { rev state workState assigneeId } }', {
      t: sever.tenantId,
      c: sever.conversationId,
    });
    for (const [operation, field, variables] of probes(sever)) {
      if (!namesThings(variables())) continue;
      const answer = await ask(kate, operation, field, variables());
      expect({ field, refused: isRefused(answer, field) }).toEqual({ field, refused: true });
      expect(JSON.stringify(answer)).not.toContain(secret);
    }
    const after = await olga.ask('query ($t: ID!, $c: ID!) { conversation(tenantId: $t, id: $c) { rev state workState assigneeId } }', {
      t: sever.tenantId,
      c: sever.conversationId,
    });
    expect(after).toEqual(before);
    expect(after.data?.conversation).not.toBeNull();
  });

  it('names no thing of the other tenant in what one may list', async () => {
    for (const [operation, field, variables] of probes(footpath).filter(([operation]) => operation === 'query')) {
      const text = JSON.stringify(await ask(kate, operation, field, variables()));
      for (const foreign of [sever.conversationId, sever.contactId, sever.reasonId, secret]) expect(text).not.toContain(foreign);
    }
  });

  it('pushes nothing of the other tenant, while its own comes', async () => {
    const heard: string[] = [];
    const ready: Promise<void>[] = [];
    const client = createClient({
      url: `${cordboard.console.replace('http', 'ws')}/graphql`,
      webSocketImpl: class extends WebSocket {
        constructor(address: string, protocols: string[]) {
          super(address, protocols, { headers: { cookie: kate.cookie, origin: cordboard.console } });
        }
      },
    });
    for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
      const query = documentFor(schema, 'subscription', field);
      const variables = { scope: 'ALL', conversationId: sever.conversationId };
      ready.push(new Promise((resolve) => client.on('connected', () => resolve())));
      client.subscribe(
        { query, variables },
        { next: (result) => heard.push(JSON.stringify(result)), error: () => undefined, complete: () => undefined },
      );
    }
    await Promise.all(ready);
    await writeAsVisitor(cordboard, 'clinic', `again ${secret}`);
    await writeAsVisitor(cordboard, 'shop', 'socks for the boots');
    await eventually(() => heard.some((text) => text.includes('socks for the boots')), { timeoutMs: 20_000 });
    await client.dispose();
    expect(heard.join('\n')).not.toContain(secret);
    expect(heard.join('\n')).not.toContain(sever.tenantId);
  });

  it('answers every field of the schema for its own tenant', async () => {
    const answered = new Set<string>();
    for (const [operation, field, variables] of probes(sever)) {
      const answer = await ask(olga, operation, field, await current(olga, field, variables()));
      expect({ field, errors: answer.errors ?? [] }).toEqual({ field, errors: [] });
      collectAnswered({ __typename: operation === 'query' ? 'Query' : 'Mutation', ...answer.data }, answered);
    }
    const silent = outputFields().filter((name) => !answered.has(name) && !notInThisSweep.has(name) && !isRefusalOrEvent(name));
    expect(silent).toEqual([]);
  });

  /** A tenant's agent is free, a visitor writes, the offer stands: everything there is to name. */
  async function conversationOf(agent: ApiClient, slug: string, text: string): Promise<Things> {
    await agent.ask('mutation ($input: SetPresenceInput!) { setPresence(input: $input) { __typename } }', {
      input: { clientId: randomUUID(), status: 'AVAILABLE', reason: null },
    });
    await holdSocket(agent);
    await writeAsVisitor(cordboard, slug, text);
    const listed = `{ viewer { id tenants { id reasons { id } outcomes { id } } } offers { id token conversationId tenantId }
      conversations(filter: { scope: WAITING }) { edges { node { id contactId rev workVersion } } } }`;
    return eventually(
      async () => {
        const { data } = await agent.ask(listed);
        const found = data as unknown as Listed;
        const offer = found.offers[0];
        const node = found.conversations.edges[0]?.node;
        const tenant = found.viewer.tenants[0];
        const [reason] = tenant?.reasons ?? [];
        const [outcome] = tenant?.outcomes ?? [];
        if (!offer || !node || !reason || !outcome) return false;
        return {
          ...{ tenantId: offer.tenantId, conversationId: node.id, contactId: node.contactId, offerId: offer.id, offerToken: offer.token },
          ...{ reasonId: reason.id, outcomeId: outcome.id, rev: node.rev, workVersion: node.workVersion, personId: found.viewer.id },
        };
      },
      { timeoutMs: 20_000 },
    );
  }

  /** An agent is at work while a socket of theirs is open. */
  async function holdSocket(agent: ApiClient): Promise<void> {
    const socket = new WebSocket(`${cordboard.console.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: { cookie: agent.cookie, origin: cordboard.console },
    });
    await new Promise<void>((open, failed) => {
      socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init' })));
      socket.on('message', (data) => {
        const { type } = JSON.parse(String(data)) as { type: string };
        if (type === 'connection_ack') open();
        if (type === 'ping') socket.send(JSON.stringify({ type: 'pong' }));
      });
      socket.on('error', failed);
    });
    sockets.push(socket);
  }

  function ask(agent: ApiClient, operation: 'query' | 'mutation', field: string, variables: Variables): Promise<Answer> {
    const type = operation === 'query' ? schema.getQueryType() : schema.getMutationType();
    const definition = type?.getFields()[field] as GraphQLField<unknown, unknown>;
    return agent.ask(documentFor(schema, operation, definition), variables);
  }

  /** Versions move while the sweep works: a mutation names the newest. */
  async function current(agent: ApiClient, field: string, variables: Variables): Promise<Variables> {
    if (!['transferConversation', 'takeConversation', 'closeConversation'].includes(field)) return variables;
    const { data } = await agent.ask('query ($t: ID!, $c: ID!) { conversation(tenantId: $t, id: $c) { rev workVersion } }', {
      t: sever.tenantId,
      c: sever.conversationId,
    });
    const now = data?.conversation as { rev: number; workVersion: number } | undefined;
    if (!now) throw new Error('The conversation cannot be read.');
    const input = variables.input as Variables;
    return {
      input: field === 'closeConversation' ? { ...input, expectedRev: now.rev } : { ...input, expectedWorkVersion: now.workVersion },
    };
  }
});

interface Listed {
  viewer: { id: string; tenants: { id: string; reasons: { id: string }[]; outcomes: { id: string }[] }[] };
  offers: { id: string; token: number; conversationId: string; tenantId: string }[];
  conversations: { edges: { node: { id: string; contactId: string; rev: number; workVersion: number } }[] };
}

const namesThings = (variables: Variables): boolean => JSON.stringify(variables).includes('tenantId');

/** No data, an empty list, or one of the refusals: nothing that was there was shown. */
function isRefused({ data, errors }: Answer, field: string): boolean {
  if (errors && errors.length > 0) return true;
  const value = data?.[field] as null | { __typename?: string; edges?: unknown[] };
  if (value === null || value === undefined || value.edges?.length === 0) return true;
  return (
    ['InputRefused', 'OfferGone', 'WorkMovedOn', 'ConversationMovedOn'].includes(value.__typename ?? '') &&
    !JSON.stringify(value).includes('contactId')
  );
}

/** `Type.field` of all object types that queries and mutations can answer with. */
function outputFields(): string[] {
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && !type.name.startsWith('__') && type.name !== 'Subscription',
  );
  return types.flatMap((type) => Object.keys((type as GraphQLObjectType).getFields()).map((field) => `${type.name}.${field}`));
}

/** Refusals have stories and specs of their own; what subscriptions push has its own test here. */
function isRefusalOrEvent(name: string): boolean {
  return /^(InputRefused|ConversationMovedOn|OfferGone|WorkMovedOn|ConversationEvent|OfferEvent|TypingEvent)\./.test(name);
}
