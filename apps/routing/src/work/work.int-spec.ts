import { randomUUID } from 'node:crypto';
import type { Actor } from '@cordboard/rpc';
import { aCall, RoutingFixture, type RoutingProcess } from '../../testing/routing-fixture';

interface Work {
  conversation_id: string;
  state: string;
  version: number;
  agent_id: string | null;
  enqueued_at: Date;
}

describe('work', () => {
  let routing: RoutingFixture;
  let process: RoutingProcess;

  beforeAll(async () => {
    routing = await RoutingFixture.start();
    process = routing.process();
  });
  afterAll(() => routing.close());
  beforeEach(() => routing.clear());

  const works = () => routing.rows<Work>('work_item', 'enqueued_at, conversation_id');
  const load = async (actor: Actor) => {
    const row = (await routing.rows<{ person_id: string; load: number }>('agent')).find(({ person_id }) => person_id === actor.personId);
    return row?.load;
  };
  const supervisor = () => ({ grants: routing.tenantIds.map((tenantId) => ({ tenantId, role: 'supervisor' as const })) });
  const seen = (work: Work) => ({
    tenantId: routing.tenantIds[0],
    conversationId: work.conversation_id,
    expectedVersion: work.version,
    clientId: randomUUID(),
  });
  const take = (actor: Actor, work: Work) => process.work.take(aCall(actor, seen(work)));
  const transfer = (actor: Actor, work: Work, to: Actor | null) =>
    process.work.transfer(aCall(actor, { ...seen(work), toAgentId: to?.personId ?? null }));
  const open = async () => {
    const head = routing.aHead();
    await process.deliver(routing.opened(head));
    return head;
  };
  const waiting = async () => {
    await open();
    return (await works())[0] as Work;
  };

  it('is aged from the first message, whenever its event comes', async () => {
    const openedAt = new Date(Date.now() - 90_000);
    await process.deliver(routing.opened(routing.aHead({ openedAt: openedAt.toISOString() })));
    expect((await works())[0]).toMatchObject({ state: 'queued', version: 1, enqueued_at: openedAt });
  });

  it('that waits is taken by whoever has room, once', async () => {
    const maria = await routing.agentAtWork(process, { name: 'Maria Kern' });
    const omar = await routing.agentAtWork(process);
    const work = await waiting();
    const outcomes = await Promise.allSettled([take(maria, work), take(omar, work)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    const winner = outcomes[0].status === 'fulfilled' ? maria : omar;
    expect(refused?.reason).toMatchObject({ code: 'WORK_MOVED_ON', details: { assigneeName: winner.name } });
    expect([await load(maria), await load(omar)].sort()).toEqual([0, 1]);
  });

  it('cannot be taken by an agent whose capacity is used up', async () => {
    const maria = await routing.agentAtWork(process, { chatCapacity: 1 });
    await take(maria, await waiting());
    await open();
    const second = (await works()).find(({ state }) => state === 'queued') as Work;
    await expect(take(maria, second)).rejects.toMatchObject({ code: 'NO_CAPACITY' });
    expect(await load(maria)).toBe(1);
    expect(second).toMatchObject({ version: 1 });
  });

  it('that rings at a colleague can be taken; the offer is withdrawn and its room freed', async () => {
    const maria = await routing.agentAtWork(process);
    await waiting();
    await process.router.cycle();
    const dmitri = await routing.agentAtWork(process, supervisor());
    await take(dmitri, (await works())[0] as Work);
    expect([await load(maria), await load(dmitri)]).toEqual([0, 1]);
    expect((await routing.published('offer.ended')).map(({ data }) => data.ending)).toEqual(['withdrawn']);
    expect((await routing.published('work.changed')).at(-1)?.data).toMatchObject({ cause: 'taken', agentId: dmitri.personId });
  });

  it('of a colleague is taken only with the right to re-assign', async () => {
    const maria = await routing.agentAtWork(process);
    await take(maria, await waiting());
    const [work] = await works();
    const omar = await routing.agentAtWork(process);
    await expect(take(omar, work as Work)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    const dmitri = await routing.agentAtWork(process, supervisor());
    await take(dmitri, work as Work);
    expect([await load(maria), await load(dmitri)]).toEqual([0, 1]);
  });

  it('is transferred to an agent with room, who must be there and serve the tenant', async () => {
    const maria = await routing.agentAtWork(process);
    await take(maria, await waiting());
    const [work] = (await works()) as [Work];
    const kate = await routing.agentAtWork(process, { grants: [{ tenantId: routing.tenantIds[1], role: 'agent' }] });
    await expect(transfer(maria, work, kate)).rejects.toMatchObject({ code: 'AGENT_NOT_SERVING' });
    const olga = await routing.agentAtWork(process, { name: 'Olga Belova' });
    await process.presence.set(aCall(olga, { status: 'offline', reason: null, clientId: randomUUID() }));
    await expect(transfer(maria, work, olga)).rejects.toMatchObject({ code: 'AGENT_OFFLINE' });
    await process.presence.set(aCall(olga, { status: 'available', reason: null, clientId: randomUUID() }));
    expect(await transfer(maria, work, olga)).toMatchObject({ state: 'active', agentId: olga.personId });
    expect([await load(maria), await load(olga)]).toEqual([0, 1]);
    expect((await works())[0]?.enqueued_at).toEqual(work.enqueued_at);
  });

  it('transferred by two supervisors at once goes to one, and the other is told', async () => {
    const maria = await routing.agentAtWork(process);
    await take(maria, await waiting());
    const [work] = (await works()) as [Work];
    const [one, two] = [await routing.agentAtWork(process, supervisor()), await routing.agentAtWork(process, supervisor())];
    const [olga, omar] = [await routing.agentAtWork(process), await routing.agentAtWork(process)];
    const outcomes = await Promise.allSettled([transfer(one, work, olga), transfer(two, work, omar)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'WORK_MOVED_ON' } });
    expect([await load(maria), await load(olga), await load(omar)].sort()).toEqual([0, 0, 1]);
  });

  it('sent back to the queue keeps its age and does not ring at once at who sent it', async () => {
    const maria = await routing.agentAtWork(process);
    await take(maria, await waiting());
    const [work] = (await works()) as [Work];
    await transfer(maria, work, null);
    expect((await works())[0]).toMatchObject({ state: 'queued', enqueued_at: work.enqueued_at, version: work.version + 1 });
    expect(await process.router.cycle()).toBe(0);
    await routing.agentAtWork(process);
    expect(await process.router.cycle()).toBe(1);
  });

  it('ends when its conversation closes, and the room is free once however often that is told', async () => {
    const maria = await routing.agentAtWork(process);
    const head = await open();
    await take(maria, (await works())[0] as Work);
    await process.deliver(routing.closed(head));
    await process.deliver(routing.closed(head));
    expect(await load(maria)).toBe(0);
    expect((await works())[0]).toMatchObject({ state: 'done', agent_id: null });
    await expect(take(maria, (await works())[0] as Work)).rejects.toMatchObject({ code: 'WORK_MOVED_ON' });
  });

  it('of a reopened conversation goes back to who had it, else in line at its original age', async () => {
    const maria = await routing.agentAtWork(process, { chatCapacity: 1 });
    const head = await open();
    await take(maria, (await works())[0] as Work);
    await process.deliver(routing.closed(head), routing.reopened(head));
    expect((await works())[0]).toMatchObject({ state: 'active', agent_id: maria.personId });
    expect(await load(maria)).toBe(1);

    await process.deliver(routing.closed(head));
    await open();
    await take(maria, (await works())[1] as Work);
    await process.deliver(routing.reopened(head));
    expect((await works())[0]).toMatchObject({ state: 'queued', agent_id: null });
    expect(await load(maria)).toBe(1);
  });

  it('of a tenant somebody does not serve is out of their reach', async () => {
    const kate = await routing.agentAtWork(process, { grants: [{ tenantId: routing.tenantIds[1], role: 'agent' }] });
    await expect(take(kate, await waiting())).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await process.router.cycle()).toBe(0);
  });

  it('waits in a queue everybody who serves the tenant can see', async () => {
    const maria = await routing.agentAtWork(process);
    const queues = await process.queues.getQueues(aCall(maria, {}));
    expect(queues.map(({ tenantId }) => tenantId)).toEqual([...routing.tenantIds].sort());
    expect(queues[0]).toMatchObject({ name: { en: 'Chats', ru: 'Чаты' }, targetMs: 60_000, nearMs: 40_000 });
    const kate = await routing.agentAtWork(process, { grants: [{ tenantId: routing.tenantIds[1], role: 'agent' }] });
    expect((await process.queues.getQueues(aCall(kate, {}))).map(({ tenantId }) => tenantId)).toEqual([routing.tenantIds[1]]);
  });
});
