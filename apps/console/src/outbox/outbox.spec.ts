import fc from 'fast-check';
import { Outbox, type OutboxStorage, type Outgoing, type SendResult } from './outbox';

const memoryStorage = (): OutboxStorage & { kept: Map<string, Outgoing> } => {
  const kept = new Map<string, Outgoing>();
  return {
    kept,
    load: () => [...kept.values()],
    save: (item) => void kept.set(item.clientId, item),
    remove: (clientId) => void kept.delete(clientId),
  };
};

/** A server that remembers client ids, and whose answers may be lost on the way back. */
const aServer = (faults: ('ok' | 'lost request' | 'lost answer')[]) => {
  const recorded: Outgoing[] = [];
  const seen = new Set<string>();
  return {
    recorded,
    send: async (item: Outgoing): Promise<SendResult> => {
      const fault = faults.shift() ?? 'ok';
      await Promise.resolve();
      if (fault === 'lost request') throw new Error('No network');
      if (!seen.has(item.clientId)) {
        seen.add(item.clientId);
        recorded.push(item);
      }
      if (fault === 'lost answer') throw new Error('No answer');
      return { kind: 'confirmed' };
    },
  };
};
const until = async (done: () => boolean) => {
  for (let turn = 0; turn < 5000 && !done(); turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
  expect(done()).toBe(true);
};
const draft = (conversationId: string, text: string) => ({ tenantId: 't', conversationId, kind: 'MESSAGE' as const, text });
const soon = () => 0;

describe('the outbox', () => {
  it('has every message recorded once and in order, whatever is lost on the way', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('ok' as const, 'lost request' as const, 'lost answer' as const), { maxLength: 12 }),
        fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 6 }),
        async (faults, conversations) => {
          const server = aServer([...faults]);
          const outbox = new Outbox(memoryStorage(), server.send, soon);
          for (const [index, conversation] of conversations.entries()) outbox.add(draft(conversation, String(index)));
          await until(() => outbox.items.get().length === 0);
          for (const conversation of ['a', 'b']) {
            const sent = conversations.flatMap((each, index) => (each === conversation ? [String(index)] : []));
            expect(server.recorded.filter((item) => item.conversationId === conversation).map((item) => item.text)).toEqual(sent);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is there again after a reload, under the same client ids and in the same order', async () => {
    const storage = memoryStorage();
    const before = new Outbox(storage, () => new Promise(() => undefined), soon);
    const ids = ['one', 'two', 'three'].map((text) => before.add(draft('a', text)).clientId);
    before.stop();
    const server = aServer([]);
    const after = new Outbox(storage, server.send, soon);
    expect(after.items.get().map((item) => item.clientId)).toEqual(ids);
    after.wake();
    await until(() => after.items.get().length === 0);
    expect(server.recorded.map((item) => item.clientId)).toEqual(ids);
    expect(storage.kept.size).toBe(0);
  });

  it('keeps a refused message with its reason, lets the others pass, and tries again under the same client id', async () => {
    const tried: string[] = [];
    let refuse = true;
    const outbox = new Outbox(
      memoryStorage(),
      async (item) => {
        tried.push(item.clientId);
        return item.text === 'bad' && refuse
          ? { kind: 'refused', refusal: { code: 'CONVERSATION_CLOSED', message: 'Closed.' } }
          : { kind: 'confirmed' };
      },
      soon,
    );
    const bad = outbox.add(draft('a', 'bad'));
    outbox.add(draft('a', 'good'));
    await until(() => outbox.items.get().length === 1);
    expect(outbox.items.get()[0]).toMatchObject({ text: 'bad', refusal: { code: 'CONVERSATION_CLOSED' } });
    refuse = false;
    outbox.retry(bad.clientId);
    await until(() => outbox.items.get().length === 0);
    expect(tried.filter((id) => id === bad.clientId)).toHaveLength(2);
  });

  it('sends at once when the connection is back instead of waiting out its pause', async () => {
    let reachable = false;
    const outbox = new Outbox(
      memoryStorage(),
      async () => (reachable ? { kind: 'confirmed' } : { kind: 'later' }),
      () => 60_000,
    );
    outbox.add(draft('a', 'one'));
    await new Promise((resolve) => setTimeout(resolve, 0));
    reachable = true;
    outbox.wake();
    await until(() => outbox.items.get().length === 0);
  });
});
