import fc from 'fast-check';
import { type ChoiceRules, choose, type FreeAgent, rankOf, type Snapshot, type WaitingItem } from './choose';

const rules: ChoiceRules = { priorityStepMs: 300_000, refusalMemoryMs: 30_000, refusalPauseMs: 3000 };
const at = 1_700_000_000_000;

const anItem = (overrides: Partial<WaitingItem> = {}): WaitingItem => ({
  tenantId: 't1',
  conversationId: 'c1',
  version: 1,
  enqueuedAt: at - 1000,
  priority: 0,
  refusals: [],
  ...overrides,
});
const anAgent = (overrides: Partial<FreeAgent> = {}): FreeAgent => ({
  personId: 'a1',
  tenants: ['t1'],
  load: 0,
  capacity: 1,
  idleSince: at - 1000,
  ...overrides,
});
const chosen = (items: WaitingItem[], agents: FreeAgent[]) =>
  choose({ at, items, agents, rules }).map(({ conversationId, agentId }) => [conversationId, agentId]);

const tenants = ['t1', 't2', 't3'];
const agentIds = ['a1', 'a2', 'a3', 'a4'];
const refusal = fc.record({
  agentId: fc.constantFrom(...agentIds),
  at: fc.integer({ min: at - 60_000, max: at }),
  how: fc.constantFrom('declined' as const, 'expired' as const, 'transferred' as const),
});
const items = fc
  .array(
    fc.record({
      tenantId: fc.constantFrom(...tenants),
      version: fc.integer({ min: 1, max: 9 }),
      enqueuedAt: fc.integer({ min: at - 3_600_000, max: at }),
      priority: fc.integer({ min: 0, max: 3 }),
      refusals: fc.array(refusal, { maxLength: 3 }),
    }),
    { maxLength: 12 },
  )
  .map((found): WaitingItem[] => found.map((item, index) => ({ ...item, conversationId: `c${index}` })));
const agents = fc
  .array(
    fc.record({
      tenants: fc.subarray(tenants),
      load: fc.integer({ min: 0, max: 4 }),
      capacity: fc.integer({ min: 0, max: 4 }),
      idleSince: fc.integer({ min: at - 3_600_000, max: at }),
    }),
    { maxLength: 4 },
  )
  .map((found): FreeAgent[] => found.map((agent, index) => ({ ...agent, personId: `a${index + 1}` })));
const snapshots = fc.record({ at: fc.constant(at), items, agents, rules: fc.constant(rules) });
const always = (property: (snapshot: Snapshot) => void) => fc.assert(fc.property(snapshots, property), { numRuns: 500 });

describe('the choice', () => {
  it('gives the oldest to the agent idle longest', () => {
    expect(
      chosen(
        [anItem({ conversationId: 'young', enqueuedAt: at - 10 }), anItem({ conversationId: 'old', enqueuedAt: at - 20 })],
        [anAgent({ personId: 'worked lately', idleSince: at - 10 }), anAgent({ personId: 'idle', idleSince: at - 20 })],
      ),
    ).toEqual([
      ['old', 'idle'],
      ['young', 'worked lately'],
    ]);
  });

  it('puts an agent who was given something at the end of the line', () => {
    const two = [anItem({ conversationId: 'c1', enqueuedAt: 1 }), anItem({ conversationId: 'c2', enqueuedAt: 2 })];
    expect(
      chosen(two, [anAgent({ personId: 'a1', capacity: 4, idleSince: 1 }), anAgent({ personId: 'a2', capacity: 4, idleSince: 2 })]),
    ).toEqual([
      ['c1', 'a1'],
      ['c2', 'a2'],
    ]);
  });

  it('passes over who refused it lately while another is free', () => {
    const item = anItem({ refusals: [{ agentId: 'a1', at: at - 29_000, how: 'declined' }] });
    expect(chosen([item], [anAgent({ personId: 'a1', idleSince: 1 }), anAgent({ personId: 'a2' })])).toEqual([['c1', 'a2']]);
  });

  it('asks who refused it again when nobody else is free, after a pause', () => {
    const refusedAt = (ms: number) => anItem({ refusals: [{ agentId: 'a1', at: at - ms, how: 'declined' }] });
    expect(chosen([refusedAt(2999)], [anAgent()])).toEqual([]);
    expect(chosen([refusedAt(3000)], [anAgent()])).toEqual([['c1', 'a1']]);
  });

  it('P1: decides about a conversation at most once', () => {
    always((snapshot) => {
      const ids = choose(snapshot).map(({ conversationId }) => conversationId);
      expect(new Set(ids).size).toBe(ids.length);
    });
  });

  it('P2: never gives an agent more than there is room for, nor work of a tenant they do not serve', () => {
    always((snapshot) => {
      const decisions = choose(snapshot);
      for (const agent of snapshot.agents) {
        const mine = decisions.filter(({ agentId }) => agentId === agent.personId);
        expect(mine.length).toBeLessThanOrEqual(Math.max(0, agent.capacity - agent.load));
        for (const { tenantId } of mine) expect(agent.tenants).toContain(tenantId);
      }
    });
  });

  it('P3: leaves nothing waiting beside an agent with room, refusals of the last seconds aside', () => {
    always((snapshot) => {
      const decisions = choose(snapshot);
      const room = new Map(snapshot.agents.map((agent) => [agent.personId, agent.capacity - agent.load]));
      for (const { agentId } of decisions) room.set(agentId, (room.get(agentId) ?? 0) - 1);
      const decided = new Set(decisions.map(({ conversationId }) => conversationId));
      for (const item of snapshot.items.filter(({ conversationId }) => !decided.has(conversationId))) {
        const free = snapshot.agents.filter((agent) => agent.tenants.includes(item.tenantId) && (room.get(agent.personId) ?? 0) > 0);
        for (const agent of free) {
          expect(item.refusals.some((r) => r.agentId === agent.personId && r.at > at - rules.refusalPauseMs)).toBe(true);
        }
      }
    });
  });

  it('P4: within a tenant and a class the older is served first, refusals aside', () => {
    always((snapshot) => {
      const plain = { ...snapshot, items: snapshot.items.map((item) => ({ ...item, refusals: [] })) };
      const decided = choose(plain).map(({ conversationId }) => conversationId);
      for (const [index, item] of plain.items.entries()) {
        for (const other of plain.items.slice(index + 1)) {
          if (item.tenantId !== other.tenantId || item.priority !== other.priority || item.enqueuedAt === other.enqueuedAt) continue;
          const [older, younger] = item.enqueuedAt < other.enqueuedAt ? [item, other] : [other, item];
          if (!decided.includes(younger.conversationId)) continue;
          expect(decided).toContain(older.conversationId);
          expect(decided.indexOf(older.conversationId)).toBeLessThan(decided.indexOf(younger.conversationId));
        }
      }
    });
  });

  it('P5: whoever has waited a step longer goes before the next higher class', () => {
    const ordinary = anItem({ conversationId: 'ordinary', enqueuedAt: at - 300_001 });
    const vip = anItem({ conversationId: 'vip', enqueuedAt: at, priority: 1 });
    expect(chosen([vip, ordinary], [anAgent()])).toEqual([['ordinary', 'a1']]);
    always((snapshot) => {
      const decisions = choose(snapshot);
      const rank = new Map(snapshot.items.map((item) => [item.conversationId, rankOf(item, rules)]));
      const ranks = decisions.map(({ conversationId }) => rank.get(conversationId) ?? 0);
      expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    });
  });

  it('P10: is the same for the same snapshot, in whatever order it is written down', () => {
    always((snapshot) => {
      const decisions = choose(snapshot);
      const reversed = { ...snapshot, items: [...snapshot.items].reverse(), agents: [...snapshot.agents].reverse() };
      expect(choose(reversed)).toEqual(decisions);
      for (const decision of decisions) expect(choose(decision.inputs)).toEqual([decision]);
    });
  });
});
