import { randomBytes, randomUUID } from 'node:crypto';
import { LogReader, PgBusServer } from '@cordboard/event-bus';
import type { Envelope } from '@cordboard/events';
import { Database, serviceRole } from '@cordboard/persistence';
import { type Actor, type CallDefinition, type InputOf, inboxCalls, type OutputOf, signActor } from '@cordboard/rpc';
import { InProcessRpcServer, ProxyRpcClient, RpcHub, type RunningService, startService } from '@cordboard/service-kit';
import { eventually } from '@cordboard/testing';
import pino from 'pino';
import { InboxFixture } from '../testing/inbox-fixture';
import { inboxService } from './service';

describe('the inbox service', () => {
  const log = pino({ level: process.env.LOG_LEVEL ?? 'fatal' });
  const actorKey = randomBytes(32);
  const hub = new RpcHub();
  const client = new ProxyRpcClient(hub);
  let inbox: InboxFixture;
  let reader: LogReader;
  let service: RunningService;
  let conversationId: string;
  let foreignId: string;
  let missing: string | undefined;

  /** Its own, for the service closes it when it stops. */
  const openDatabase = () => {
    const { url, passwordOf } = inbox.testing;
    const role = serviceRole('inbox');
    return new Database({ url, role, password: passwordOf('inbox'), name: 'inbox', poolSize: 8, onError: () => undefined });
  };
  const publish = (...events: Envelope[]) => inbox.database.system(async (tx) => tx.publish(...events));
  const ask = async <Definition extends CallDefinition>(
    call: Definition,
    input: InputOf<Definition>,
    actor: Actor = inbox.actor,
  ): Promise<OutputOf<Definition>> => client.call(call, await signActor(actor, actorKey), input);
  const everything = { scope: 'all', tenantIds: null, state: null, assigneeId: null, first: 50, after: null } as const;
  const own = () => ({ tenantId: inbox.tenantId, conversationId });
  const foreign = () => ({ tenantId: inbox.otherTenantId, conversationId: foreignId });

  beforeAll(async () => {
    inbox = await InboxFixture.start();
    await inbox.testing.admin.query(
      `insert into inbox.command (tenant_id, person_id, client_id, name, created_at)
       values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'long ago', now() - interval '8 days')`,
    );
    // The first sweep comes at once, not at some moment of the first minute.
    const soon = jest.spyOn(Math, 'random').mockReturnValue(0);
    reader = new LogReader({ url: inbox.testing.url, password: inbox.testing.passwordOf('bus'), logger: log });
    service = await startService(inboxService, {
      environment: {},
      log,
      key: () => actorKey,
      database: openDatabase,
      rpcClient: client,
      rpcServer: (_definition, serviceLog) => new InProcessRpcServer(hub, actorKey, serviceLog),
      ready: async () => {
        if (missing) throw new Error(`${missing} is away`);
      },
      busServer: ({ name }, database, serviceLog) => {
        if (!database) throw new Error('The inbox keeps data.');
        return new PgBusServer({ service: name, database, reader, logger: serviceLog });
      },
    });
    soon.mockRestore();
    await publish(inbox.anInbound({ text: 'from the bus' }), inbox.anInbound({ tenantId: inbox.otherTenantId, text: 'not yours' }));
    const both = await eventually(async () => {
      const { rows } = await inbox.testing.admin.query('select tenant_id, id from inbox.conversation');
      return rows.length === 2 && rows;
    });
    conversationId = both.find((row) => row.tenant_id === inbox.tenantId)?.id;
    foreignId = both.find((row) => row.tenant_id !== inbox.tenantId)?.id;
  });
  afterAll(async () => {
    await service.stop();
    await reader.stop();
    await inbox.close();
  });

  it('writes down what the bus brings, answers from it, and follows delivery and work', async () => {
    const { items } = await ask(inboxCalls.listConversations, everything);
    expect(items).toMatchObject([{ id: conversationId, lastLine: 'from the bus', inboundCount: 1, readCount: 0 }]);
    const { entry } = await ask(inboxCalls.sendMessage, { ...own(), clientId: randomUUID(), text: 'Good day' });
    await publish(
      inbox.aReport({ conversationId, entryIds: [entry.id], status: 'delivered' }),
      inbox.aWorkChange(conversationId, { cause: 'accepted', state: 'active', agentId: inbox.actor.personId, personName: 'Maria Kern' }),
    );
    await eventually(async () => {
      const { entries } = await ask(inboxCalls.getTimeline, { ...own(), afterRev: null, beforeSeq: null, first: 10 });
      expect(entries).toMatchObject([
        { text: 'from the bus' },
        { text: 'Good day', status: 'delivered' },
        { system: { code: 'accepted' } },
      ]);
      return true;
    });
    expect(await ask(inboxCalls.countConversations, {})).toEqual({ mine: 1, waiting: 0, open: 1 });
    expect(await ask(inboxCalls.markRead, { ...own(), inboundCount: 1 })).toEqual({ readCount: 1 });
    const { reasons, outcomes } = await ask(inboxCalls.getDispositions, {});
    expect([reasons, outcomes]).toMatchObject([[{ id: inbox.reasonId, name: { ru: 'Запись' } }], [{ id: inbox.outcomeId }]]);
    const closing = { ...own(), clientId: randomUUID(), expectedRev: 4, reasonId: inbox.reasonId, outcomeId: inbox.outcomeId };
    expect(await ask(inboxCalls.closeConversation, closing)).toMatchObject({ state: 'closed', readCount: 1 });
    const refusal = ask(inboxCalls.sendMessage, { ...own(), clientId: randomUUID(), text: 'too late' });
    await expect(refusal).rejects.toMatchObject({
      code: 'CONVERSATION_CLOSED',
      details: { conversation: { id: conversationId, readCount: 1 } },
    });
    expect(await ask(inboxCalls.reopenConversation, { ...own(), clientId: randomUUID() })).toMatchObject({ state: 'open' });
  });

  it('keeps contacts with what is known of them', async () => {
    const [view] = await ask(inboxCalls.getConversations, { ids: [own()] });
    const contactId = view?.contactId ?? '';
    const ids = [
      { tenantId: inbox.tenantId, contactId },
      { tenantId: inbox.tenantId, contactId: randomUUID() },
    ];
    expect(await ask(inboxCalls.getContacts, { ids })).toMatchObject([
      { id: contactId, identities: [{ channel: 'webchat', value: 'visitor-1' }] },
      null,
    ]);
    const earlier = await ask(inboxCalls.getContactConversations, { tenantId: inbox.tenantId, contactId, first: 5 });
    expect(earlier.map((conversation) => conversation.id)).toEqual([conversationId]);
  });

  it('tells nobody of another tenant’s things, nor whether they exist', async () => {
    const missing = { tenantId: inbox.otherTenantId, conversationId: randomUUID() };
    const clientId = randomUUID();
    const { reasonId, outcomeId } = inbox;
    for (const ref of [foreign(), missing]) {
      const outcomes = await Promise.allSettled([
        ask(inboxCalls.getTimeline, { ...ref, afterRev: null, beforeSeq: null, first: 10 }),
        ask(inboxCalls.sendMessage, { ...ref, clientId, text: 'x' }),
        ask(inboxCalls.addNote, { ...ref, clientId, text: 'x' }),
        ask(inboxCalls.closeConversation, { ...ref, clientId, expectedRev: 9, reasonId, outcomeId }),
        ask(inboxCalls.reopenConversation, { ...ref, clientId }),
        ask(inboxCalls.markRead, { ...ref, inboundCount: 1 }),
      ]);
      const refused = { status: 'rejected', reason: expect.objectContaining({ code: 'NOT_FOUND' }) };
      expect(outcomes).toEqual(outcomes.map(() => refused));
      expect(await ask(inboxCalls.getConversations, { ids: [ref] })).toEqual([null]);
    }
    expect(await ask(inboxCalls.listConversations, { ...everything, tenantIds: [inbox.otherTenantId] })).toEqual({
      items: [],
      hasMore: false,
    });
    const contact = {
      tenantId: inbox.otherTenantId,
      contactId: (await ask(inboxCalls.getConversations, { ids: [own()] }))[0]?.contactId ?? '',
    };
    expect(await ask(inboxCalls.getContacts, { ids: [contact] })).toEqual([null]);
    expect(await ask(inboxCalls.getContactConversations, { ...contact, first: 5 })).toEqual([]);
  });

  it('finds nothing under a tenant the conversation does not belong to', async () => {
    const mixed = { tenantId: inbox.tenantId, conversationId: foreignId };
    await expect(ask(inboxCalls.sendMessage, { ...mixed, clientId: randomUUID(), text: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(ask(inboxCalls.markRead, { ...mixed, inboundCount: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('lets a tenant admin read, and refuses the rest by name', async () => {
    const admin = inbox.anActor({ role: 'tenant_admin' });
    const clientId = randomUUID();
    expect((await ask(inboxCalls.listConversations, everything, admin)).items).toHaveLength(1);
    const { reasonId, outcomeId } = inbox;
    const outcomes = await Promise.allSettled([
      ask(inboxCalls.sendMessage, { ...own(), clientId, text: 'x' }, admin),
      ask(inboxCalls.addNote, { ...own(), clientId, text: 'x' }, admin),
      ask(inboxCalls.closeConversation, { ...own(), clientId, expectedRev: 9, reasonId, outcomeId }, admin),
      ask(inboxCalls.reopenConversation, { ...own(), clientId }, admin),
    ]);
    const refused = { status: 'rejected', reason: expect.objectContaining({ code: 'NOT_ALLOWED' }) };
    expect(outcomes).toEqual([refused, refused, refused, refused]);
  });

  it('gives somebody without grants nothing at all', async () => {
    const nobody = inbox.anActor({ grants: [] });
    expect(await ask(inboxCalls.listConversations, everything, nobody)).toEqual({ items: [], hasMore: false });
    expect(await ask(inboxCalls.countConversations, {}, nobody)).toEqual({ mine: 0, waiting: 0, open: 0 });
    expect(await ask(inboxCalls.getDispositions, {}, nobody)).toEqual({ reasons: [], outcomes: [] });
  });

  it('is ready while its database and what its platform brings are', async () => {
    await service.ready();
    missing = 'routing';
    await expect(service.ready()).rejects.toThrow('routing is away');
    missing = undefined;
    await service.ready();
  });

  it('forgets results of mutations when their 7 days are over', async () => {
    await eventually(async () => {
      const { rows } = await inbox.testing.admin.query(`select from inbox.command where name = 'long ago'`);
      return rows.length === 0;
    });
  });
});
