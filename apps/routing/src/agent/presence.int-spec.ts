import { randomUUID } from 'node:crypto';
import type { Actor } from '@cordboard/rpc';
import { aCall, RoutingFixture, type RoutingProcess } from '../../testing/routing-fixture';

interface AgentRow {
  person_id: string;
  load: number;
  status: string;
  attendance: string;
  capacity: number;
  idle_since: Date;
}

describe('presence', () => {
  let routing: RoutingFixture;
  let process: RoutingProcess;

  beforeAll(async () => {
    routing = await RoutingFixture.start();
    process = routing.process();
  });
  afterAll(() => routing.close());
  beforeEach(() => routing.clear());

  const renew = (actor: Actor, connectionId: string, gone = false) => process.presence.renew(aCall(actor, { connectionId, gone }));
  const set = (actor: Actor, status: 'available' | 'away' | 'offline', reason: 'lunch' | 'after_this_one' | null = null) =>
    process.presence.set(aCall(actor, { status, reason, clientId: randomUUID() }));
  const shown = async (actor: Actor) =>
    (await process.presence.getPresences(aCall(actor, {}))).find(({ personId }) => personId === actor.personId);
  const agent = async (actor: Actor) => (await routing.rows<AgentRow>('agent')).find((row) => row.person_id === actor.personId);
  const works = () => routing.rows<{ state: string; agent_id: string | null; enqueued_at: Date }>('work_item');
  const newcomer = async () => {
    const person = routing.aPerson();
    await process.deliver(routing.aPersonChanged(person));
    return routing.actorOf(person);
  };
  const offeredTo = async (actor: Actor) => {
    await process.deliver(routing.opened(routing.aHead()));
    await process.router.cycle();
    const [offer] = await process.offers.getOffers(aCall(actor, {}));
    if (!offer) throw new Error('Nothing was offered.');
    return offer;
  };
  const chattingWith = async (actor: Actor) => {
    const { id: offerId, token, tenantId } = await offeredTo(actor);
    await process.offers.accept(aCall(actor, { tenantId, offerId, token, clientId: randomUUID() }));
  };
  const loseLeases = async () => {
    await routing.passTime('lease');
    await process.deadlines.fireDue();
  };

  it('needs a lease: without one everybody sees the agent offline and nothing is offered', async () => {
    const maria = await newcomer();
    await set(maria, 'available');
    expect(await shown(maria)).toMatchObject({ status: 'offline' });
    await process.deliver(routing.opened(routing.aHead()));
    expect(await process.router.cycle()).toBe(0);
    await renew(maria, randomUUID());
    expect(await shown(maria)).toMatchObject({ status: 'available' });
    expect(await process.router.cycle()).toBe(1);
  });

  it('is told with growing versions', async () => {
    const maria = await routing.agentAtWork(process);
    await set(maria, 'away', 'lunch');
    const told = (await routing.published('presence.changed')).map(({ data }) => data);
    const versions = told.map(({ version }) => version as number);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
    expect(told.at(-1)).toMatchObject({ personId: maria.personId, status: 'away', reason: 'lunch', load: 0, capacity: 2 });
    expect(await shown(maria)).toEqual(told.at(-1));
  });

  it('away after this one gets no further offers and keeps the chat', async () => {
    const maria = await routing.agentAtWork(process);
    await chattingWith(maria);
    await set(maria, 'away', 'after_this_one');
    await process.deliver(routing.opened(routing.aHead()));
    expect(await process.router.cycle()).toBe(0);
    expect(await shown(maria)).toMatchObject({ status: 'away', reason: 'after_this_one', load: 1 });
  });

  it('needs a reason for being away, and one of one’s own', async () => {
    const maria = await routing.agentAtWork(process);
    await expect(set(maria, 'away')).rejects.toMatchObject({ code: 'REASON_MISSING' });
    const missed = aCall(maria, { status: 'away' as const, reason: 'missed_offer' as const, clientId: randomUUID() });
    await expect(process.presence.set(missed)).rejects.toMatchObject({ code: 'REASON_NOT_YOURS' });
  });

  it('of several tabs is any of them', async () => {
    const maria = await newcomer();
    const [one, two] = [randomUUID(), randomUUID()];
    await renew(maria, one);
    await renew(maria, two);
    await set(maria, 'available');
    await renew(maria, one, true);
    await routing.query(`update routing.lease set expires_at = now() - interval '1 ms' where connection_id = $1`, [one]);
    await routing.query(`update routing.timer set due_at = now() where key = $1`, [one]);
    await process.deadlines.fireDue();
    expect(await routing.rows('lease')).toMatchObject([{ connection_id: two }]);
    expect(await shown(maria)).toMatchObject({ status: 'available' });
  });

  it('ends soon after the socket closed; a renewal still on its way does not prolong it', async () => {
    const maria = await newcomer();
    const tab = randomUUID();
    await renew(maria, tab);
    await renew(maria, tab, true);
    await renew(maria, tab);
    const [lease] = await routing.rows<{ expires_at: Date }>('lease');
    expect(lease?.expires_at.getTime()).toBeLessThanOrEqual(Date.now() + 10_000);
    await process.deadlines.fireDue();
    const [timer] = await routing.rows<{ due_at: Date }>('timer');
    expect(timer?.due_at.getTime()).toBeLessThanOrEqual(Date.now() + 10_001);
    await loseLeases();
    expect(await agent(maria)).toMatchObject({ attendance: 'missing' });
  });

  it('lost while an offer rings: the offer goes on to the next agent', async () => {
    const maria = await routing.agentAtWork(process);
    const offer = await offeredTo(maria);
    await loseLeases();
    await process.router.cycle();
    expect(await works()).toMatchObject([{ state: 'queued', agent_id: null }]);
    expect(await agent(maria)).toMatchObject({ load: 0, status: 'available', attendance: 'missing' });
    const omar = await routing.agentAtWork(process);
    await process.router.cycle();
    expect(await works()).toMatchObject([{ state: 'offered', agent_id: omar.personId }]);
    const late = aCall(maria, { tenantId: offer.tenantId, offerId: offer.id, token: offer.token, clientId: randomUUID() });
    await expect(process.offers.accept(late)).rejects.toMatchObject({ code: 'OFFER_GONE' });
  });

  it('back within the grace period keeps the chats and is as it was', async () => {
    const maria = await routing.agentAtWork(process);
    await chattingWith(maria);
    await loseLeases();
    await process.router.cycle();
    expect(await shown(maria)).toMatchObject({ status: 'offline', load: 1 });
    await renew(maria, randomUUID());
    expect(await shown(maria)).toMatchObject({ status: 'available', load: 1 });
    await routing.passTime('grace');
    await process.deadlines.fireDue();
    await process.router.cycle();
    expect(await works()).toMatchObject([{ state: 'active', agent_id: maria.personId }]);
  });

  it('lost for longer than the grace period: chats go back to the queue at their original age', async () => {
    const maria = await routing.agentAtWork(process, { name: 'Maria Kern' });
    await chattingWith(maria);
    const [before] = await works();
    await loseLeases();
    await routing.passTime('grace');
    await process.deadlines.fireDue();
    await process.router.cycle();
    expect(await works()).toMatchObject([{ state: 'queued', agent_id: null, enqueued_at: before?.enqueued_at }]);
    expect(await agent(maria)).toMatchObject({ load: 0, status: 'offline', attendance: 'gone' });
    expect((await routing.published('work.changed')).at(-1)?.data).toMatchObject({ cause: 'released', personName: 'Maria Kern' });
  });

  it('of somebody who takes a chat without a window gets the grace period to open one', async () => {
    const maria = await newcomer();
    await process.deliver(routing.opened(routing.aHead()));
    const [work] = await routing.rows<{ conversation_id: string; tenant_id: string }>('work_item');
    await process.work.take(
      aCall(maria, {
        tenantId: work?.tenant_id ?? '',
        conversationId: work?.conversation_id ?? '',
        expectedVersion: 1,
        clientId: randomUUID(),
      }),
    );
    await process.router.cycle();
    expect(await works()).toMatchObject([{ state: 'active', agent_id: maria.personId }]);
    await routing.passTime('grace');
    await process.deadlines.fireDue();
    await process.router.cycle();
    expect(await works()).toMatchObject([{ state: 'queued' }]);
  });

  it('set to offline withdraws what rings and keeps the chats', async () => {
    const maria = await routing.agentAtWork(process);
    await chattingWith(maria);
    await offeredTo(maria);
    await set(maria, 'offline');
    await process.router.cycle();
    expect((await works()).map(({ state }) => state).sort()).toEqual(['active', 'queued']);
    expect(await agent(maria)).toMatchObject({ load: 1 });
  });

  it('survives a restart: whoever is idle longest still is, and a process that starts acts on what passed meanwhile', async () => {
    const maria = await routing.agentAtWork(process, { chatCapacity: 1 });
    const omar = await routing.agentAtWork(process, { chatCapacity: 1 });
    const restarted = routing.process();
    await restarted.deliver(routing.opened(routing.aHead()), routing.opened(routing.aHead()));
    await restarted.router.cycle();
    const offers = await routing.rows<{ agent_id: string }>('offer', 'token');
    expect(offers.map(({ agent_id }) => agent_id)).toEqual([maria.personId, omar.personId]);
    await routing.passTime('lease');
    const third = routing.process();
    await third.deadlines.fireDue();
    await third.router.cycle();
    expect((await works()).map(({ state }) => state)).toEqual(['queued', 'queued']);
  });

  it('follows the person: capacity, tenants, and an older version is ignored', async () => {
    const person = routing.aPerson();
    await process.deliver(routing.aPersonChanged({ ...person, chatCapacity: 5 }, 2));
    await process.deliver(routing.aPersonChanged({ ...person, chatCapacity: 1 }, 1));
    expect(await agent(routing.actorOf(person))).toMatchObject({ capacity: 5, tenants: [...routing.tenantIds].sort() });
    await process.deliver(routing.aPersonChanged({ ...person, archivedAt: new Date().toISOString() }, 3));
    expect(await agent(routing.actorOf(person))).toMatchObject({ capacity: 0, tenants: [] });
  });

  it('of people who answer for nobody needs no lease', async () => {
    const admin = routing.actorOf(routing.aPerson({ grants: [{ tenantId: routing.tenantIds[0], role: 'tenant_admin' }] }));
    await renew(admin, randomUUID());
    expect(await routing.rows('lease')).toEqual([]);
    await expect(set(admin, 'available')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  });

  it('is shown to people who serve a tenant in common', async () => {
    const maria = await routing.agentAtWork(process, { grants: [{ tenantId: routing.tenantIds[0], role: 'agent' }] });
    const kate = await routing.agentAtWork(process, { grants: [{ tenantId: routing.tenantIds[1], role: 'agent' }] });
    const omar = await routing.agentAtWork(process);
    const seenBy = async (actor: Actor) => (await process.presence.getPresences(aCall(actor, {}))).map(({ personId }) => personId);
    expect(new Set(await seenBy(maria))).toEqual(new Set([maria.personId, omar.personId]));
    expect(new Set(await seenBy(kate))).toEqual(new Set([kate.personId, omar.personId]));
  });
});
