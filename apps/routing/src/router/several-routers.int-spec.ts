import { randomUUID } from 'node:crypto';
import { type Actor, UserError } from '@cordboard/rpc';
import { eventually } from '@cordboard/testing';
import { breaches, replayDiffers } from '../../testing/invariants';
import { aCall, RoutingFixture, type RoutingProcess } from '../../testing/routing-fixture';

/** Repeatable dice (mulberry32): the seed is printed when the test fails. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const settings = { offerTimeoutMs: 500, sweepMs: 50, refusalMemoryMs: 200, refusalPauseMs: 20, leaseMs: 60_000, agentGraceMs: 300 };

describe('four routers on one database', () => {
  let routing: RoutingFixture;
  let processes: RoutingProcess[];

  beforeAll(async () => {
    routing = await RoutingFixture.start();
    processes = Array.from({ length: 4 }, () => routing.process(settings));
  });
  afterAll(() => routing.close());
  beforeEach(async () => {
    await routing.clear();
    for (const process of processes) process.start();
  });
  afterEach(() => Promise.all(processes.map((process) => process.stop())));

  const anyProcess = (random: () => number) => processes[Math.floor(random() * processes.length)] as RoutingProcess;
  const states = async () => (await routing.rows<{ state: string }>('work_item')).map(({ state }) => state);

  it('offer in the order of age, each conversation once', async () => {
    const process = processes[0] as RoutingProcess;
    const heads = Array.from({ length: 40 }, (_, index) =>
      routing.aHead({ openedAt: new Date(Date.now() - 60_000 + index).toISOString() }),
    );
    await process.deliver(...heads.map((head) => routing.opened(head)));
    const actors = await Promise.all(processes.map((one) => routing.agentAtWork(one, { chatCapacity: 10 })));
    await eventually(async () => (await states()).every((state) => state === 'offered'));
    const offers = await routing.rows<{ conversation_id: string }>('offer', 'token');
    expect(offers.map(({ conversation_id }) => conversation_id)).toEqual(heads.map(({ id }) => id));
    expect(await breaches(routing)).toEqual([]);
    expect(actors).toHaveLength(4);
  });

  it('keep every promise while agents accept, decline, let ring, take, vanish and come back', async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const random = dice(seed);
    const found: string[] = [];
    let isOver = false;
    const supervisor = routing.tenantIds.map((tenantId) => ({ tenantId, role: 'supervisor' as const }));
    const actors = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        routing.agentAtWork(anyProcess(random), { chatCapacity: 1 + (index % 3), ...(index === 5 ? { grants: supervisor } : {}) }),
      ),
    );
    const heads: ReturnType<typeof routing.aHead>[] = [];

    const agent = async (actor: Actor) => {
      while (!isOver) {
        await asPerson(() => act(anyProcess(random), actor, random));
        await new Promise((next) => setTimeout(next, random() * 20));
      }
    };
    const act = async (process: RoutingProcess, actor: Actor, random: () => number) => {
      const roll = random();
      const offers = await process.offers.getOffers(aCall(actor, {}));
      for (const { tenantId, id: offerId, token } of offers) {
        const answer = { tenantId, offerId, token, clientId: randomUUID() };
        if (roll < 0.6) {
          const other = anyProcess(random);
          const twice = [
            process.offers.accept(aCall(actor, answer)),
            other.offers.accept(aCall(actor, { ...answer, clientId: randomUUID() })),
          ];
          const outcomes = await Promise.allSettled(twice);
          if (outcomes.filter(({ status }) => status === 'fulfilled').length > 1) found.push(`offer ${offerId} was accepted twice`);
        } else if (roll < 0.75) await process.offers.decline(aCall(actor, { ...answer, reason: 'busy' }));
      }
      if (random() < 0.5) await finish(process, actor);
      if (roll > 0.93) await process.presence.set(aCall(actor, { status: 'available', reason: null, clientId: randomUUID() }));
      if (roll > 0.97) await vanish(actor);
      if (roll > 0.8 && roll < 0.9) await process.presence.renew(aCall(actor, { connectionId: randomUUID(), gone: false }));
      if (random() < 0.2) await grab(process, actor);
    };
    const finish = async (process: RoutingProcess, { personId }: Actor) => {
      const mine = await routing.query<{ conversation_id: string }>(
        `select conversation_id from routing.work_item where agent_id = $1 and state = 'active' limit 1`,
        [personId],
      );
      const head = heads.find(({ id }) => id === mine[0]?.conversation_id);
      if (head) await process.deliver(routing.closed(head), ...(random() < 0.3 ? [routing.reopened(head)] : []));
    };
    const grab = async (process: RoutingProcess, actor: Actor) => {
      const works = await routing.rows<{ tenant_id: string; conversation_id: string; version: number; state: string }>('work_item');
      const open = works.filter(({ state }) => state !== 'done');
      const work = open[Math.floor(random() * open.length)];
      if (!work) return;
      const seen = {
        tenantId: work.tenant_id,
        conversationId: work.conversation_id,
        expectedVersion: work.version,
        clientId: randomUUID(),
      };
      const toAgentId = actors[Math.floor(random() * actors.length)]?.personId ?? null;
      if (random() < 0.5) await process.work.take(aCall(actor, seen));
      else await process.work.transfer(aCall(actor, { ...seen, toAgentId }));
    };
    const vanish = async ({ personId }: Actor) => {
      await routing.query(`update routing.lease set expires_at = now() where person_id = $1`, [personId]);
      const ofPerson = '(select connection_id::text from routing.lease where person_id = $1)';
      await routing.query(`update routing.timer set due_at = now() where kind = 'lease' and key in ${ofPerson}`, [personId]);
    };
    const customers = async () => {
      for (let count = 0; count < 120; count++) {
        const head = routing.aHead({ tenantId: routing.tenantIds[count % 2] });
        heads.push(head);
        await anyProcess(random).deliver(routing.opened(head));
        const old = heads[Math.floor(random() * heads.length)];
        if (old && random() < 0.3)
          await anyProcess(random).deliver(routing.closed(old), ...(random() < 0.3 ? [routing.reopened(old)] : []));
        await new Promise((next) => setTimeout(next, random() * 40));
      }
    };
    const watcher = async () => {
      while (!isOver) {
        found.push(...(await breaches(routing)));
        await new Promise((next) => setTimeout(next, 3));
      }
    };

    const others = [watcher(), ...actors.map(agent)];
    await customers();
    isOver = true;
    await Promise.all(others);
    expect({ seed, found }).toEqual({ seed, found: [] });
    const happened = await routing.query<{ cause: string }>(
      `select distinct body::json -> 'data' ->> 'cause' as cause from bus.log where type = 'work.changed'`,
    );
    expect(happened.map(({ cause }) => cause)).toEqual(expect.arrayContaining(['accepted', 'declined', 'taken', 'transferred', 'closed']));

    for (const head of heads) await anyProcess(random).deliver(routing.closed(head));
    expect(new Set(await states())).toEqual(new Set(['done']));
    expect(await routing.rows('work_item')).toHaveLength(heads.length);
    expect((await routing.rows<{ load: number }>('agent')).map(({ load }) => load)).toEqual(actors.map(() => 0));
    expect(await replayDiffers(routing)).toEqual([]);
  }, 60_000);
});

async function asPerson(act: () => Promise<unknown>): Promise<void> {
  await act().catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
  });
}
