import { InboxFixture } from '../../testing/inbox-fixture';
import type { ConversationRow } from '../conversation/conversation.row';
import type { EntryRow } from '../ledger/entry.row';

describe('the copy of the work', () => {
  let inbox: InboxFixture;
  let id: string;

  const conversation = async () => (await inbox.rows<ConversationRow>('conversation')).find((row) => row.id === id);
  const lines = async () =>
    (await inbox.rows<EntryRow>('entry', 'seq'))
      .filter((row) => row.conversation_id === id && row.kind === 'system')
      .map((row) => row.system);

  beforeAll(async () => {
    inbox = await InboxFixture.start();
  });
  afterAll(() => inbox.close());
  beforeEach(async () => {
    await inbox.testing.admin.query('truncate inbox.contact, inbox.identity, inbox.conversation, inbox.entry, bus.log cascade');
    await inbox.receive(inbox.anInbound());
    id = (await inbox.rows<ConversationRow>('conversation'))[0]?.id ?? '';
  });

  it('follows routing and says in the timeline what a reader should know', async () => {
    const { personId } = inbox.actor;
    await inbox.work(
      inbox.aWorkChange(id, { version: 1, cause: 'queued' }),
      inbox.aWorkChange(id, { version: 2, cause: 'offered', state: 'offered', agentId: personId }),
      inbox.aWorkChange(id, { version: 3, cause: 'declined', personId, personName: 'Maria Kern', durationMs: 6000 }),
      inbox.aWorkChange(id, {
        version: 4,
        cause: 'accepted',
        state: 'active',
        agentId: personId,
        personId,
        personName: 'Maria Kern',
        durationMs: 9000,
      }),
      inbox.aWorkChange(id, { version: 5, cause: 'released' }),
    );
    expect(await conversation()).toMatchObject({ work_state: 'queued', work_version: 5, assignee_id: null, rev: 6, last_line: 'Hello' });
    expect(await lines()).toEqual([
      { code: 'declined', personId, personName: 'Maria Kern', durationMs: 6000, detail: null },
      { code: 'accepted', personId, personName: 'Maria Kern', durationMs: 9000, detail: null },
      { code: 'requeued', personId: null, personName: null, durationMs: null, detail: null },
    ]);
    const events = (await inbox.published('conversation.updated', 'message.recorded')).slice(1);
    expect(events.map((event) => event.type)).toEqual([
      'conversation.updated',
      'conversation.updated',
      'message.recorded',
      'message.recorded',
      'message.recorded',
    ]);
    expect(events[3]?.data).toMatchObject({ conversation: { workState: 'active', assigneeId: personId, rev: 5 }, entry: { rev: 5 } });
  });

  it('ignores older versions and repetitions: no change, no line, no event', async () => {
    await inbox.work(inbox.aWorkChange(id, { version: 4, cause: 'accepted', state: 'active', agentId: inbox.actor.personId }));
    const before = await inbox.published();
    await inbox.work(
      inbox.aWorkChange(id, { version: 3, cause: 'expired' }),
      inbox.aWorkChange(id, { version: 4, cause: 'accepted', state: 'active' }),
    );
    expect(await conversation()).toMatchObject({ work_version: 4, assignee_id: inbox.actor.personId, rev: 2 });
    expect(await lines()).toHaveLength(1);
    expect(await inbox.published()).toHaveLength(before.length);
  });

  it('keeps who had it last when the work is done', async () => {
    const { personId } = inbox.actor;
    await inbox.work(
      inbox.aWorkChange(id, { version: 2, cause: 'taken', state: 'active', agentId: personId }),
      inbox.aWorkChange(id, { version: 3, cause: 'closed', state: 'done', agentId: null }),
    );
    expect(await conversation()).toMatchObject({ work_state: 'done', assignee_id: personId });
  });
});
