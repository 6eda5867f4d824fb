import { randomUUID } from 'node:crypto';
import { InboxFixture } from '../../testing/inbox-fixture';
import type { ConversationRow } from '../conversation/conversation.row';
import { writeMessages } from '../message/write-messages';
import { readTimeline, type TimelineWish } from './read-timeline';

describe('a timeline', () => {
  let inbox: InboxFixture;
  let conversationId: string;

  const read = (wish: Partial<TimelineWish>, tenantIds = [inbox.tenantId]) =>
    inbox.database.viewer(tenantIds, (tx) =>
      readTimeline(tx, { tenantId: inbox.tenantId, conversationId, afterRev: null, beforeSeq: null, first: 10, ...wish }),
    );
  const send = async () => {
    const command = {
      kind: 'message' as const,
      actor: inbox.actor,
      tenantId: inbox.tenantId,
      conversationId,
      text: 'Hi',
      traceparent: undefined,
    };
    const [written] = await inbox.database.batch([inbox.tenantId], (tx) => writeMessages(tx, [{ ...command, clientId: randomUUID() }]));
    if (!written || !('entry' in written)) throw new Error('Not written.');
    return written.entry;
  };

  beforeAll(async () => {
    inbox = await InboxFixture.start();
    await inbox.receive(...Array.from({ length: 25 }, (_, index) => inbox.anInbound({ text: String(index + 1) })));
    conversationId = (await inbox.rows<ConversationRow>('conversation'))[0]?.id ?? '';
  });
  afterAll(() => inbox.close());

  it('comes newest page first, each page in order, until there is no more', async () => {
    const newest = await read({});
    expect(newest).toMatchObject({ hasMore: true, rev: 25 });
    expect(newest.entries.map((entry) => entry.seq)).toEqual([16, 17, 18, 19, 20, 21, 22, 23, 24, 25]);
    const middle = await read({ beforeSeq: 16 });
    expect(middle.entries.map((entry) => entry.seq)).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
    const oldest = await read({ beforeSeq: 6 });
    expect(oldest).toMatchObject({ hasMore: false, entries: [{ seq: 1 }, { seq: 2 }, { seq: 3 }, { seq: 4 }, { seq: 5, text: '5' }] });
  });

  it('resumes with everything inserted or changed since, however often it is cut', async () => {
    const seen = await read({});
    const sent = await send();
    await inbox.receive(inbox.anInbound({ text: 'new' }));
    await inbox.report(conversationId, [sent.id], 'delivered');
    const gap = await read({ afterRev: seen.rev });
    expect(gap).toMatchObject({ rev: 28, hasMore: false });
    expect(gap.entries.map(({ seq, rev, status }) => ({ seq, rev, status }))).toEqual([
      { seq: 27, rev: 27, status: null },
      { seq: 26, rev: 28, status: 'delivered' },
    ]);
    expect(await read({ afterRev: 28 })).toEqual({ entries: [], rev: 28, hasMore: false });
  });

  it('read in slices from any rev gives every entry once, and `rev` says where to go on', async () => {
    const found: number[] = [];
    for (let afterRev = 0; ; ) {
      const slice = await read({ afterRev, first: 4 });
      found.push(...slice.entries.map((entry) => entry.seq));
      afterRev = slice.rev;
      if (!slice.hasMore) break;
    }
    const all = (await inbox.rows('entry')).length;
    expect([...found].sort((a, b) => a - b)).toEqual(Array.from({ length: all }, (_, index) => index + 1));
  });

  it('knows of changes of the conversation that left no entry', async () => {
    const { rev } = await read({});
    await inbox.work(inbox.aWorkChange(conversationId, { cause: 'queued' }));
    expect(await read({ afterRev: rev })).toEqual({ entries: [], rev: rev + 1, hasMore: false });
  });

  it('of another tenant is not there', async () => {
    await expect(read({}, [inbox.otherTenantId])).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(read({ tenantId: inbox.otherTenantId }, [inbox.otherTenantId])).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
