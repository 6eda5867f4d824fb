import { randomUUID } from 'node:crypto';
import type { Actor } from '@cordboard/rpc';
import { breaches } from '../../testing/invariants';
import { aCall, RoutingFixture, type RoutingProcess } from '../../testing/routing-fixture';
import { choose } from '../choice/choose';

interface Offer {
  id: string;
  state: string;
  agent_id: string;
  token: string;
  conversation_id: string;
  choice: string;
  inputs: Parameters<typeof choose>[0];
}

describe('offers', () => {
  let routing: RoutingFixture;
  let process: RoutingProcess;

  beforeAll(async () => {
    routing = await RoutingFixture.start();
    process = routing.process();
  });
  afterAll(() => routing.close());
  beforeEach(() => routing.clear());

  const liveOffer = async () => {
    const live = (await routing.rows<Offer>('offer', 'token')).filter(({ state }) => state === 'live');
    expect(live).toHaveLength(1);
    return live[0] as Offer;
  };
  const work = async () => (await routing.rows<Record<string, unknown>>('work_item'))[0];
  const agent = async (actor: Actor) =>
    (await routing.rows<Record<string, unknown>>('agent')).find((row) => row.person_id === actor.personId);
  const answer = (offer: Offer, changed: { token?: number } = {}) => ({
    tenantId: routing.tenantIds[0],
    offerId: offer.id,
    token: Number(offer.token),
    clientId: randomUUID(),
    ...changed,
  });
  const accept = (actor: Actor, offer: Offer, changed: { token?: number } = {}) =>
    process.offers.accept(aCall(actor, answer(offer, changed)));
  const decline = (actor: Actor, offer: Offer) => process.offers.decline(aCall(actor, { ...answer(offer), reason: 'busy' as const }));
  const openOne = () => process.deliver(routing.opened(routing.aHead()));

  it('go from the first message to an agent who accepts', async () => {
    const maria = await routing.agentAtWork(process, { name: 'Maria Kern' });
    const trace = '00-11111111111111111111111111111111-2222222222222222-01';
    await process.deliver(routing.opened(routing.aHead(), trace));
    expect(await process.router.cycle()).toBe(1);
    const [made] = await routing.published('offer.made');
    expect(made).toMatchObject({
      traceparent: trace,
      data: { agentId: maria.personId, contactName: 'Anna', preview: 'Good day, are you open today?' },
    });
    expect(await process.offers.getOffers(aCall(maria, {}))).toEqual([made?.data]);
    expect(await agent(maria)).toMatchObject({ load: 1 });

    const accepted = await accept(maria, await liveOffer());
    expect(accepted).toMatchObject({ state: 'active', agentId: maria.personId, version: 3 });
    expect(await agent(maria)).toMatchObject({ load: 1 });
    expect((await routing.published('work.changed')).map(({ data }) => [data.version, data.state, data.cause, data.personName])).toEqual([
      [1, 'queued', 'queued', null],
      [2, 'offered', 'offered', 'Maria Kern'],
      [3, 'active', 'accepted', 'Maria Kern'],
    ]);
    expect((await routing.published('offer.ended')).map(({ data }) => data.ending)).toEqual(['accepted']);
    expect(await process.offers.getOffers(aCall(maria, {}))).toEqual([]);
  });

  it('keep what the choice saw, and the same choice comes out of it', async () => {
    await Promise.all([routing.agentAtWork(process), routing.agentAtWork(process)]);
    await openOne();
    await process.router.cycle();
    const offer = await liveOffer();
    expect(offer.choice).toBe('longest_idle');
    expect(offer.inputs.agents).toHaveLength(2);
    expect(choose(offer.inputs).map(({ agentId }) => agentId)).toEqual([offer.agent_id]);
  });

  it('are one offer when the opening is delivered twice', async () => {
    await routing.agentAtWork(process);
    const opened = routing.opened(routing.aHead());
    await process.deliver(opened, opened);
    await process.deliver(opened);
    await process.router.cycle();
    await process.router.cycle();
    expect(await routing.rows('offer')).toHaveLength(1);
    expect(await routing.published('work.changed')).toHaveLength(2);
  });

  it('with another token than their own are refused', async () => {
    const maria = await routing.agentAtWork(process);
    await openOne();
    await process.router.cycle();
    const offer = await liveOffer();
    await expect(accept(maria, offer, { token: Number(offer.token) + 1 })).rejects.toMatchObject({ code: 'OFFER_GONE' });
    expect(await work()).toMatchObject({ state: 'offered' });
  });

  it('are refused after their deadline even before anybody has noticed that it passed', async () => {
    const maria = await routing.agentAtWork(process);
    await openOne();
    await process.router.cycle();
    const offer = await liveOffer();
    await routing.passTime('offer');
    await expect(accept(maria, offer)).rejects.toMatchObject({ code: 'OFFER_GONE', details: { takenBy: null } });
    expect(await work()).toMatchObject({ state: 'offered' });
  });

  it('are accepted once: a repetition gets the same answer, a second tab is told', async () => {
    const maria = await routing.agentAtWork(process, { name: 'Maria Kern' });
    await openOne();
    await process.router.cycle();
    const offer = await liveOffer();
    const call = aCall(maria, answer(offer));
    const both = await Promise.all([process.offers.accept(call), process.offers.accept(call)]);
    expect(both[0]).toEqual(both[1]);
    await expect(accept(maria, offer)).rejects.toMatchObject({ code: 'OFFER_GONE', details: { takenBy: 'Maria Kern' } });
    expect(await agent(maria)).toMatchObject({ load: 1 });
  });

  it('nobody but the agent they were made to can accept', async () => {
    await routing.agentAtWork(process);
    await openOne();
    await process.router.cycle();
    const omar = await routing.agentAtWork(process);
    await expect(accept(omar, await liveOffer())).rejects.toMatchObject({ code: 'OFFER_GONE' });
  });

  it('that are declined go to the next agent at their original age, and not back at once', async () => {
    const maria = await routing.agentAtWork(process, { name: 'Maria Kern' });
    await openOne();
    await process.router.cycle();
    const before = await work();
    await decline(maria, await liveOffer());
    expect(await work()).toMatchObject({ state: 'queued', enqueued_at: before?.enqueued_at });
    expect(await agent(maria)).toMatchObject({ load: 0, status: 'available' });
    expect(await process.router.cycle()).toBe(0);
    const omar = await routing.agentAtWork(process);
    expect(await process.router.cycle()).toBe(1);
    expect(await liveOffer()).toMatchObject({ agent_id: omar.personId });
    expect((await routing.published('work.changed')).at(2)?.data).toMatchObject({
      cause: 'declined',
      detail: 'busy',
      personName: 'Maria Kern',
    });
  });

  it('that ring out send the agent away and go to the next; a late acceptance names who took it', async () => {
    const maria = await routing.agentAtWork(process);
    await openOne();
    await process.router.cycle();
    const missed = await liveOffer();
    await routing.passTime('offer');
    await process.deadlines.fireDue();
    expect(await agent(maria)).toMatchObject({ load: 0, status: 'away', reason: 'missed_offer' });
    expect((await routing.published('presence.changed')).at(-1)?.data).toMatchObject({ status: 'away', reason: 'missed_offer', load: 0 });
    const omar = await routing.agentAtWork(process, { name: 'Omar Aziz' });
    await process.router.cycle();
    await accept(omar, await liveOffer());
    await expect(accept(maria, missed)).rejects.toMatchObject({ code: 'OFFER_GONE', details: { takenBy: 'Omar Aziz' } });
    expect((await routing.published('offer.ended')).map(({ data }) => data.ending)).toEqual(['expired', 'accepted']);
  });

  it('whose deadline was acted on are not touched by the deadline again', async () => {
    const maria = await routing.agentAtWork(process);
    await openOne();
    await process.router.cycle();
    await accept(maria, await liveOffer());
    expect(await process.deadlines.fireDue()).toBe(0);
    expect(await routing.rows('timer')).toMatchObject([{ kind: 'lease' }]);
  });

  it('are withdrawn when the conversation closes', async () => {
    const maria = await routing.agentAtWork(process);
    const head = routing.aHead();
    await process.deliver(routing.opened(head));
    await process.router.cycle();
    const offer = await liveOffer();
    await process.deliver(routing.closed(head));
    expect(await agent(maria)).toMatchObject({ load: 0 });
    expect(await work()).toMatchObject({ state: 'done', agent_id: null });
    await expect(accept(maria, offer)).rejects.toMatchObject({ code: 'OFFER_GONE' });
    expect((await routing.published('offer.ended')).map(({ data }) => data.ending)).toEqual(['withdrawn']);
  });

  it('accepted while the deadline is acted on and a supervisor takes have one winner, and the others are told', async () => {
    const grants = routing.tenantIds.map((tenantId) => ({ tenantId, role: 'supervisor' as const }));
    for (let round = 0; round < 15; round++) {
      await routing.clear();
      const maria = await routing.agentAtWork(process);
      await openOne();
      await process.router.cycle();
      const offer = await liveOffer();
      const dmitri = await routing.agentAtWork(process, { grants });
      await routing.query(`update routing.timer set due_at = now() where kind = 'offer'`);
      const seen = { tenantId: routing.tenantIds[0], conversationId: offer.conversation_id, expectedVersion: 2, clientId: randomUUID() };
      const acts = [() => accept(maria, offer), () => process.work.take(aCall(dmitri, seen)), () => process.deadlines.fireDue()];
      await Promise.allSettled([0, 1, 2].map((place) => acts[(place + round) % 3]?.()));
      expect(await breaches(routing)).toEqual([]);
      expect(await routing.published('work.changed')).toHaveLength(3);
      expect(await routing.published('offer.ended')).toHaveLength(1);
    }
  });
});
