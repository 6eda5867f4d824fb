import { randomUUID } from 'node:crypto';
import type { inboxCalls, ParsedInputOf } from '@cordboard/rpc';
import { InboxFixture } from '../../testing/inbox-fixture';
import { closeConversation } from './close-conversation';
import type { ConversationRow } from './conversation.row';
import { listConversations } from './list-conversations';
import { countConversations } from './read-conversations';

type Filter = ParsedInputOf<typeof inboxCalls.listConversations>;

describe('the list of conversations', () => {
  let inbox: InboxFixture;
  let both: string[];

  const list = (filter: Partial<Filter> = {}, tenantIds = both, personId = inbox.actor.personId) =>
    inbox.database.viewer(tenantIds, (tx) =>
      listConversations(tx, tenantIds, personId, {
        scope: 'all',
        tenantIds: null,
        state: null,
        assigneeId: null,
        first: 200,
        after: null,
        ...filter,
      }),
    );
  const ids = async (filter: Partial<Filter> = {}, tenantIds = both) => (await list(filter, tenantIds)).items.map((item) => item.id);
  const rows = async () => (await inbox.rows<ConversationRow>('conversation')).reverse();

  beforeAll(async () => {
    inbox = await InboxFixture.start();
    both = [inbox.tenantId, inbox.otherTenantId];
    for (let index = 0; index < 24; index++) {
      await inbox.receive(inbox.anInbound({ identity: `visitor-${index}`, tenantId: both[index % 2] ?? inbox.tenantId }));
    }
    const own = (await rows()).filter((row) => row.tenant_id === inbox.tenantId);
    const { personId } = inbox.actor;
    await inbox.work(
      ...own.slice(0, 3).map(({ id }) => inbox.aWorkChange(id, { state: 'active', cause: 'accepted', agentId: personId })),
      ...own.slice(3, 5).map(({ id }) => inbox.aWorkChange(id, { state: 'offered', cause: 'offered', agentId: personId })),
    );
    const { tenantId, reasonId, outcomeId } = inbox;
    for (const { id } of own.slice(0, 2)) {
      const command = { tenantId, conversationId: id, clientId: randomUUID(), expectedRev: 9, reasonId, outcomeId };
      await inbox.database.tenant(tenantId, (tx) => closeConversation(tx, inbox.actor, command));
    }
  });
  afterAll(() => inbox.close());

  it('shows all tenants asked for, newest opened first', async () => {
    const expected = (await rows()).map((row) => row.id);
    expect(await ids()).toEqual([...expected].sort().reverse());
  });

  it('shows no other tenant', async () => {
    const { items } = await list({}, [inbox.otherTenantId]);
    expect(items).toHaveLength(12);
    expect(new Set(items.map((item) => item.tenantId))).toEqual(new Set([inbox.otherTenantId]));
  });

  it('filters by scope, state and agent, and counts alike', async () => {
    const { personId } = inbox.actor;
    expect(await ids({ scope: 'mine' })).toHaveLength(3);
    expect(await ids({ scope: 'waiting' })).toHaveLength(21);
    expect(await ids({ state: 'closed' })).toHaveLength(2);
    expect(await ids({ state: 'open' })).toHaveLength(22);
    expect(await ids({ assigneeId: personId })).toHaveLength(5);
    expect(await ids({ assigneeId: personId, state: 'closed' })).toHaveLength(2);
    const counts = await inbox.database.viewer(both, (tx) => countConversations(tx, both, personId));
    expect(counts).toEqual({ mine: 3, waiting: 21, open: 22 });
  });

  it('pages without a gap or a repetition while conversations open', async () => {
    const expected = await ids();
    const seen: string[] = [];
    for (let after: string | null = null, page = 0; ; page++) {
      const { items, hasMore } = await list({ first: 5, after });
      seen.push(...items.map((item) => item.id));
      if (!hasMore) break;
      after = items.at(-1)?.id ?? null;
      await inbox.receive(inbox.anInbound({ identity: `newcomer-${page}`, tenantId: both[page % 2] ?? inbox.tenantId }));
    }
    expect(seen).toEqual(expected);
  });

  it('says how much the person has read, each for themselves', async () => {
    const [first] = await ids({ scope: 'mine' });
    await inbox.testing.admin.query('insert into inbox.read_mark values ($1, $2, $3, 1)', [inbox.tenantId, inbox.actor.personId, first]);
    expect((await list({ scope: 'mine' })).items.map((item) => item.readCount)).toEqual([1, 0, 0]);
    const mine = await list({ state: 'open' }, both, inbox.anActor().personId);
    expect(mine.items.every((item) => item.readCount === 0)).toBe(true);
  });
});
