import { randomUUID } from 'node:crypto';
import type { ConversationHead } from '@cordboard/events';
import { type Actor, UserError } from '@cordboard/rpc';
import fc from 'fast-check';
import { breaches, idleBesideWaiting, replayDiffers } from '../../testing/invariants';
import { aCall, RoutingFixture, type RoutingProcess } from '../../testing/routing-fixture';

/** What the test itself knows: which conversations are open, and everybody who could act. */
interface Model {
  open: Set<number>;
  heads: ConversationHead[];
}

interface Floor {
  routing: RoutingFixture;
  process: RoutingProcess;
  actors: Actor[];
  model: Model;
}

type Step = { name: string; agent: number; item: number; status: 'available' | 'away' | 'offline' };

interface WorkRow {
  tenant_id: string;
  conversation_id: string;
  state: string;
  version: number;
}
interface OfferRow {
  tenant_id: string;
  id: string;
  token: string;
  agent_id: string;
}

/** A refusal to a person is an answer; anything else that throws is a defect. */
async function asPerson(act: () => Promise<unknown>): Promise<void> {
  await act().catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
  });
}

const pick = <Item>(items: readonly Item[], index: number): Item | undefined => items[index % Math.max(1, items.length)];

/** Each may come at any time; `item` chooses among what is there. */
const steps: Record<string, (floor: Floor, step: Step) => Promise<void>> = {
  async open({ routing, process, model }) {
    const head = routing.aHead({ tenantId: routing.tenantIds[model.heads.length % 2] });
    model.open.add(model.heads.push(head) - 1);
    await process.deliver(routing.opened(head), routing.opened(head));
  },
  async close({ routing, process, model }, { item }) {
    const head = pick(model.heads, item);
    if (!head) return;
    model.open.delete(item % model.heads.length);
    await process.deliver(routing.closed(head));
  },
  async reopen({ routing, process, model }, { item }) {
    const head = pick(model.heads, item);
    if (!head) return;
    model.open.add(item % model.heads.length);
    await process.deliver(routing.reopened(head));
  },
  async cycle({ process }) {
    await process.router.cycle();
  },
  async accept(floor, { item }) {
    const offer = pick(await floor.routing.rows<OfferRow>('offer', 'token'), item);
    const actor = floor.actors.find(({ personId }) => personId === offer?.agent_id);
    if (!offer || !actor) return;
    const answer = { tenantId: offer.tenant_id, offerId: offer.id, token: Number(offer.token), clientId: randomUUID() };
    await asPerson(() => floor.process.offers.accept(aCall(actor, answer)));
  },
  async decline(floor, { item }) {
    const offer = pick(await floor.routing.rows<OfferRow>('offer', 'token'), item);
    const actor = floor.actors.find(({ personId }) => personId === offer?.agent_id);
    if (!offer || !actor) return;
    const answer = { tenantId: offer.tenant_id, offerId: offer.id, token: Number(offer.token), clientId: randomUUID() };
    await asPerson(() => floor.process.offers.decline(aCall(actor, { ...answer, reason: 'other' })));
  },
  async expire({ routing, process }) {
    await routing.passTime('offer');
    await process.deadlines.fireDue();
  },
  async take(floor, { agent, item }) {
    const work = pick(await floor.routing.rows<WorkRow>('work_item', 'conversation_id'), item);
    const actor = pick(floor.actors, agent);
    if (!work || !actor) return;
    const seen = { tenantId: work.tenant_id, conversationId: work.conversation_id, expectedVersion: work.version, clientId: randomUUID() };
    await asPerson(() => floor.process.work.take(aCall(actor, seen)));
  },
  async transfer(floor, { agent, item }) {
    const work = pick(await floor.routing.rows<WorkRow>('work_item', 'conversation_id'), item);
    const [actor, to] = [pick(floor.actors, agent), pick(floor.actors, agent + item)];
    if (!work || !actor) return;
    const seen = { tenantId: work.tenant_id, conversationId: work.conversation_id, expectedVersion: work.version, clientId: randomUUID() };
    const toAgentId = item % 3 === 0 ? null : (to?.personId ?? null);
    await asPerson(() => floor.process.work.transfer(aCall(actor, { ...seen, toAgentId })));
  },
  async presence({ process, actors }, { agent, status }) {
    const actor = pick(actors, agent);
    const reason = status === 'away' ? ('break' as const) : null;
    if (actor) await process.presence.set(aCall(actor, { status, reason, clientId: randomUUID() }));
  },
  async vanish({ routing, process, actors }, { agent }) {
    const personId = pick(actors, agent)?.personId;
    await routing.query(`update routing.lease set expires_at = now() - interval '1 ms' where person_id = $1`, [personId]);
    await routing.query(
      `update routing.timer set due_at = now() where kind = 'lease' and key in (select connection_id::text from routing.lease where person_id = $1)`,
      [personId],
    );
    await process.deadlines.fireDue();
  },
  async giveUp({ routing, process }) {
    await routing.passTime('grace');
    await process.deadlines.fireDue();
  },
  async comeBack({ process, actors }, { agent }) {
    const actor = pick(actors, agent);
    if (actor) await process.presence.renew(aCall(actor, { connectionId: randomUUID(), gone: false }));
  },
};

const anyStep: fc.Arbitrary<Step> = fc.record({
  name: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('open', 'cycle', 'accept') },
    { weight: 3, arbitrary: fc.constantFrom(...Object.keys(steps)) },
  ),
  agent: fc.nat(2),
  item: fc.nat(11),
  status: fc.constantFrom('available', 'available', 'away', 'offline'),
});

describe('any sequence of events, commands and deadlines', () => {
  let routing: RoutingFixture;
  let process: RoutingProcess;

  beforeAll(async () => {
    routing = await RoutingFixture.start();
    process = routing.process({ refusalPauseMs: 0 });
  });
  afterAll(() => routing.close());

  const setTheFloor = async (): Promise<Floor> => {
    await routing.clear();
    const supervisor = routing.tenantIds.map((tenantId) => ({ tenantId, role: 'supervisor' as const }));
    const actors = [
      await routing.agentAtWork(process, { chatCapacity: 1 }),
      await routing.agentAtWork(process, { chatCapacity: 2, grants: [{ tenantId: routing.tenantIds[0], role: 'agent' }] }),
      await routing.agentAtWork(process, { chatCapacity: 3, grants: supervisor }),
    ];
    return { routing, process, actors, model: { open: new Set(), heads: [] } };
  };

  const nothingVanished = async ({ model }: Floor) => {
    const works = await routing.rows<WorkRow>('work_item');
    expect(works).toHaveLength(model.heads.length);
    for (const [index, head] of model.heads.entries()) {
      const state = works.find(({ conversation_id }) => conversation_id === head.id)?.state;
      expect(state === 'done').toBe(!model.open.has(index));
    }
  };

  it('keeps P1, P2, P6 after every step, P3 after every cycle, P9 at the end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 5, maxLength: 25, size: 'max' }), async (sequence) => {
        const floor = await setTheFloor();
        for (const step of sequence) {
          await steps[step.name]?.(floor, step);
          expect(await breaches(routing)).toEqual([]);
          if (step.name === 'cycle') expect(await idleBesideWaiting(routing)).toEqual([]);
          await nothingVanished(floor);
        }
        await process.router.cycle();
        expect(await idleBesideWaiting(routing)).toEqual([]);
        expect(await replayDiffers(routing)).toEqual([]);
      }),
      { numRuns: 40, endOnFailure: false },
    );
  }, 120_000);
});
