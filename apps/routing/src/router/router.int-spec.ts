import type { Actor } from '@cordboard/rpc';
import { breaches } from '../../testing/invariants';
import { RoutingFixture, type RoutingProcess } from '../../testing/routing-fixture';
import { choose } from '../choice/choose';
import { makeOffers } from '../offer/make-offers';
import { takeSnapshot } from './snapshot';

const rules = { priorityStepMs: 300_000, refusalMemoryMs: 30_000, refusalPauseMs: 3000 };

describe('the router', () => {
  let routing: RoutingFixture;
  let process: RoutingProcess;

  beforeAll(async () => {
    routing = await RoutingFixture.start();
    process = routing.process();
  });
  afterAll(() => routing.close());
  beforeEach(() => routing.clear());

  const openMany = (count: number) =>
    process.deliver(
      ...Array.from({ length: count }, (_, index) =>
        routing.opened(routing.aHead({ openedAt: new Date(Date.now() - 60_000 + index).toISOString() })),
      ),
    );

  it('serves the oldest first, as many as there is room for', async () => {
    await routing.agentAtWork(process, { chatCapacity: 3 });
    await openMany(5);
    expect(await process.router.cycle()).toBe(3);
    const states = (await routing.rows<{ state: string }>('work_item', 'enqueued_at')).map(({ state }) => state);
    expect(states).toEqual(['offered', 'offered', 'offered', 'queued', 'queued']);
    expect((await routing.published('presence.changed')).at(-1)?.data).toMatchObject({ load: 3 });
  });

  it('spreads a burst over agents in the order they have been idle', async () => {
    const agents: Actor[] = [];
    for (let index = 0; index < 3; index++) agents.push(await routing.agentAtWork(process, { chatCapacity: 2 }));
    await openMany(6);
    await process.router.cycle();
    const offers = await routing.rows<{ agent_id: string }>('offer', 'token');
    expect(offers.map(({ agent_id }) => agents.findIndex(({ personId }) => personId === agent_id))).toEqual([0, 1, 2, 0, 1, 2]);
  });

  it('leaves an operator to the router that has it', async () => {
    await routing.agentAtWork(process);
    await openMany(1);
    const other = routing.process();
    await process.database.batch(routing.tenantIds, async (tx) => {
      expect(await takeSnapshot(tx, routing.operatorId, routing.tenantIds, rules, 50)).toMatchObject({ items: [{}] });
      expect(await other.router.cycle()).toBe(0);
    });
    expect(await other.router.cycle()).toBe(1);
    await other.stop();
  });

  it('that was paused and wakes with an old choice makes no offer of it', async () => {
    await routing.agentAtWork(process, { chatCapacity: 2 });
    await openMany(2);
    const old = await process.database.batch(routing.tenantIds, async (tx) => {
      const snapshot = await takeSnapshot(tx, routing.operatorId, routing.tenantIds, rules, 50);
      return snapshot ? choose(snapshot) : [];
    });
    expect(old).toHaveLength(2);
    await process.router.cycle();
    expect(await process.changes.batch(routing.tenantIds, (change) => makeOffers(change, old))).toEqual([]);
    expect(await breaches(routing)).toEqual([]);
  });

  it('makes no offer to an agent whose room was taken since it looked', async () => {
    await routing.agentAtWork(process, { chatCapacity: 1 });
    await openMany(1);
    const old = await process.database.batch(routing.tenantIds, async (tx) => {
      const snapshot = await takeSnapshot(tx, routing.operatorId, routing.tenantIds, rules, 50);
      return snapshot ? choose(snapshot) : [];
    });
    await openMany(1);
    await process.router.cycle();
    const waiting = await routing.rows<{ conversation_id: string; version: number; state: string }>('work_item');
    const queued = waiting.find(({ state }) => state === 'queued');
    const decisions = old.map((decision) => ({
      ...decision,
      conversationId: queued?.conversation_id ?? '',
      version: queued?.version ?? 0,
    }));
    expect(await process.changes.batch(routing.tenantIds, (change) => makeOffers(change, decisions))).toEqual([]);
    expect(await breaches(routing)).toEqual([]);
  });

  it('is not held up by work of tenants nobody serves', async () => {
    await openMany(60);
    const kate = await routing.agentAtWork(process, { grants: [{ tenantId: routing.tenantIds[1], role: 'agent' }] });
    await process.deliver(routing.opened(routing.aHead({ tenantId: routing.tenantIds[1] })));
    expect(await process.router.cycle()).toBe(1);
    expect((await routing.rows<{ agent_id: string }>('offer'))[0]?.agent_id).toBe(kate.personId);
  });

  it('finds what waits by an index, however much was done before', async () => {
    const [tenantId] = routing.tenantIds;
    await routing.query(
      `insert into routing.work_item (tenant_id, conversation_id, queue_id, state, enqueued_at, rank_at, channel, preview)
       select $1, gen_random_uuid(), gen_random_uuid(), case when n % 100 = 0 then 'queued' else 'done' end, now() - n * interval '1 s',
         now() - n * interval '1 s', 'webchat', '' from generate_series(1, 20000) n`,
      [tenantId],
    );
    await routing.query('analyze routing.work_item');
    const plan = await process.database.batch([tenantId], (tx) =>
      tx.query(
        `explain select w.conversation_id from unnest($1::uuid[]) as t(id) cross join lateral (
           select * from work_item where tenant_id = t.id and state = 'queued' order by tenant_id, rank_at, conversation_id limit 50) w`,
        [[tenantId]],
      ),
    );
    expect(JSON.stringify(plan)).toMatch(/Index (Only )?Scan using work_item_waiting/);
    expect(JSON.stringify(plan)).not.toContain('Sort');
    expect(JSON.stringify(plan)).not.toContain('Seq Scan');
  });
});
