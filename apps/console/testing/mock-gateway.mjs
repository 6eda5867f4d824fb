/**
 * A gateway in memory, for looking at the console and for nothing else: it runs the committed schema with made-up data, over
 * HTTP and graphql-ws, and serves dist/console. Started by look.mjs; `state` and the `fail…` switches are turned from there.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { buildSchema, execute, parse, subscribe, validate } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { agents, contacts, conversations, entriesOf, me, queues } from './mock-data.mjs';

const workspace = path.resolve(import.meta.dirname, '../../..');
const schema = buildSchema(readFileSync(path.join(workspace, 'libs/graphql/schema.graphql'), 'utf8'));
for (const type of Object.values(schema.getTypeMap())) if ('resolveType' in type) type.resolveType = (value) => value.__typename;

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const policy = "default-src 'self'; script-src 'self'; style-src 'self'; connect-src 'self' ws:; img-src 'self' data:";

/** An endless stream that is fed from outside. */
const stream = () => {
  const waiting = [];
  const ready = [];
  return {
    push: (value) => (waiting.length > 0 ? waiting.shift()({ value, done: false }) : ready.push(value)),
    iterator: {
      [Symbol.asyncIterator]() {
        return this;
      },
      next: () =>
        ready.length > 0 ? Promise.resolve({ value: ready.shift(), done: false }) : new Promise((resolve) => waiting.push(resolve)),
      return: () => Promise.resolve({ value: undefined, done: true }),
    },
  };
};

export const startMockGateway = async (options = {}) => {
  const state = {
    signedIn: true,
    offers: [],
    failLists: false,
    failThreads: false,
    hang: false,
    empty: false,
    refuseSends: false,
    ...options,
  };
  const streams = { conversationEvents: [], offerEvents: [], presenceEvents: [], typingEvents: [] };
  const publish = (name, value) => {
    for (const each of streams[name]) each.push({ [name]: value });
  };
  const feed = (name) => () => {
    const one = stream();
    streams[name].push(one);
    return one.iterator;
  };
  const find = (id) => conversations.find((each) => each.id === id);
  const scoped = (scope) =>
    conversations.filter((each) =>
      scope === 'MINE'
        ? each.state === 'OPEN' && each.workState === 'ACTIVE' && each.assigneeId === me.id
        : scope === 'WAITING'
          ? each.state === 'OPEN' && ['QUEUED', 'OFFERED'].includes(each.workState)
          : true,
    );
  const pause = async () => {
    if (state.hang) await new Promise(() => undefined);
  };
  const record = (conversation, entry) => {
    const entries = entriesOf(conversation);
    conversation.rev += 1;
    const full = {
      __typename: 'Entry',
      id: crypto.randomUUID(),
      conversationId: conversation.id,
      seq: entries.length + 1,
      rev: conversation.rev,
      authorId: null,
      authorName: null,
      clientId: null,
      status: null,
      system: null,
      text: '',
      occurredAt: new Date().toISOString(),
      recordedAt: new Date().toISOString(),
      ...entry,
    };
    entries.push(full);
    if (full.kind === 'MESSAGE') Object.assign(conversation, { lastLine: full.text, lastAuthor: full.author, lastAt: full.occurredAt });
    if (full.author === 'CUSTOMER')
      Object.assign(conversation, {
        inboundCount: conversation.inboundCount + 1,
        unansweredSince: conversation.unansweredSince ?? full.occurredAt,
      });
    if (full.author === 'AGENT' && full.kind === 'MESSAGE') conversation.unansweredSince = null;
    publish('conversationEvents', { conversation: { ...conversation }, entry: full, left: false });
    return full;
  };
  const send =
    (kind) =>
    async ({ input }) => {
      await pause();
      if (state.refuseSends) return { __typename: 'InputRefused', code: 'CONVERSATION_CLOSED', message: 'Closed.' };
      const conversation = find(input.conversationId);
      const known = entriesOf(conversation).find((each) => each.clientId === input.clientId);
      const entry =
        known ??
        record(conversation, {
          kind,
          author: 'AGENT',
          authorId: me.id,
          authorName: me.name,
          text: input.text,
          clientId: input.clientId,
          status: kind === 'MESSAGE' ? 'SENT' : null,
        });
      return { __typename: 'EntryPayload', entry, conversation };
    };
  const change = (input, changes, system) => {
    const conversation = find(input.conversationId);
    Object.assign(conversation, changes);
    record(conversation, {
      kind: 'SYSTEM',
      author: 'SYSTEM',
      system: { personId: me.id, personName: me.name, durationMs: null, detail: null, ...system },
    });
    return { __typename: 'ConversationPayload', conversation };
  };
  const root = {
    viewer: () => (state.signedIn ? me : null),
    conversations: async ({ filter, first }) => {
      await pause();
      if (state.failLists) throw new Error('Not reachable');
      const rows = state.empty ? [] : scoped(filter.scope).filter((each) => !filter.state || each.state === filter.state);
      return {
        edges: rows.slice(0, first).map((node) => ({ cursor: node.id, node })),
        pageInfo: { hasNextPage: filter.scope === 'ALL' && rows.length > 3, endCursor: 'x' },
      };
    },
    conversationCounts: () => ({
      mine: scoped('MINE').length,
      waiting: scoped('WAITING').length,
      open: conversations.filter((each) => each.state === 'OPEN').length,
    }),
    conversation: ({ id }) => find(id) ?? null,
    timeline: async ({ conversationId, afterRev, beforeSeq, first }) => {
      await pause();
      if (state.failThreads) throw new Error('Not reachable');
      const conversation = find(conversationId);
      const entries = entriesOf(conversation);
      if (afterRev != null) return { entries: entries.filter((each) => each.rev > afterRev), rev: conversation.rev, hasMore: false };
      const older = entries.filter((each) => beforeSeq == null || each.seq < beforeSeq);
      return { entries: older.slice(-first), rev: conversation.rev, hasMore: older.length > first };
    },
    contact: ({ id }) => ({ ...contacts[id], conversations: conversations.filter((each) => each.contactId === id) }),
    agents: () => agents,
    queues: () => queues,
    offers: () => state.offers,
    signIn: ({ input }) => {
      if (input.password !== 'cordboard-demo')
        return {
          __typename: 'SignInRefused',
          code: input.password === 'often' ? 'TOO_MANY_ATTEMPTS' : 'SIGN_IN_REFUSED',
          message: 'No.',
          retryAfterMs: 60_000,
        };
      state.signedIn = true;
      return { __typename: 'SignedIn', viewer: me };
    },
    signOut: () => {
      state.signedIn = false;
      return { ok: true };
    },
    sendMessage: send('MESSAGE'),
    addNote: send('NOTE'),
    closeConversation: ({ input }) =>
      state.movedOn
        ? {
            __typename: 'ConversationMovedOn',
            code: 'CONVERSATION_MOVED_ON',
            message: 'Moved on.',
            conversation: find(input.conversationId),
          }
        : change(
            input,
            {
              state: 'CLOSED',
              closedAt: new Date().toISOString(),
              reasonId: input.reasonId,
              outcomeId: input.outcomeId,
              workState: 'DONE',
              assigneeId: null,
            },
            { code: 'CLOSED' },
          ),
    reopenConversation: ({ input }) =>
      change(input, { state: 'OPEN', closedAt: null, workState: 'ACTIVE', assigneeId: me.id }, { code: 'REOPENED' }),
    acceptOffer: ({ input }) => {
      const offer = state.offers.find((each) => each.id === input.offerId);
      state.offers = state.offers.filter((each) => each !== offer);
      return change(
        { conversationId: offer.conversationId },
        { workState: 'ACTIVE', assigneeId: me.id },
        { code: 'ACCEPTED', durationMs: 41_000 },
      );
    },
    declineOffer: ({ input }) => {
      state.offers = state.offers.filter((each) => each.id !== input.offerId);
      return { __typename: 'Done', ok: true };
    },
    takeConversation: ({ input }) => change(input, { workState: 'ACTIVE', assigneeId: me.id }, { code: 'TAKEN', durationMs: 65_000 }),
    transferConversation: ({ input }) =>
      change(input, { workState: input.toAgentId ? 'ACTIVE' : 'QUEUED', assigneeId: input.toAgentId ?? null }, { code: 'TRANSFERRED' }),
    setPresence: ({ input }) => {
      Object.assign(me.presence, {
        status: input.status,
        reason: input.reason ?? null,
        since: new Date().toISOString(),
        version: me.presence.version + 1,
      });
      publish('presenceEvents', me.presence);
      return { __typename: 'PresencePayload', presence: me.presence };
    },
    markRead: ({ input }) => {
      find(input.conversationId).readCount = input.inboundCount;
      return { ok: true };
    },
    setTyping: () => ({ ok: true }),
    conversationEvents: feed('conversationEvents'),
    offerEvents: feed('offerEvents'),
    presenceEvents: feed('presenceEvents'),
    typingEvents: feed('typingEvents'),
  };
  const answer = async (body) => {
    const { query, variables, operationName } = JSON.parse(body);
    const document = parse(query);
    const errors = validate(schema, document);
    return errors.length > 0 ? { errors } : execute({ schema, document, rootValue: root, variableValues: variables, operationName });
  };
  const server = createServer(async (request, response) => {
    if (request.url.startsWith('/graphql')) {
      let body = '';
      for await (const chunk of request) body += chunk;
      if (state.down) return response.destroy();
      response.setHeader('content-type', 'application/json');
      return response.end(JSON.stringify(await answer(body)));
    }
    const file = path.join(workspace, 'dist/console', request.url === '/' ? 'index.html' : request.url.split('?')[0]);
    try {
      response.setHeader('content-security-policy', policy);
      response.setHeader('content-type', types[path.extname(file)] ?? 'application/octet-stream');
      response.end(readFileSync(file));
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  const sockets = new WebSocketServer({ server, path: '/graphql' });
  const closing = useServer({ schema, execute, subscribe, roots: { subscription: root, mutation: root } }, sockets);
  await new Promise((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  return {
    state,
    publish,
    record,
    find,
    url: `http://localhost:${server.address().port}`,
    dropSockets: () => {
      for (const client of sockets.clients) client.terminate();
    },
    stop: async () => {
      for (const client of sockets.clients) client.terminate();
      await closing.dispose();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
