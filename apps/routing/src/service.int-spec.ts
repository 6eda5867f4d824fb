import { randomBytes, randomUUID } from 'node:crypto';
import { LogReader, PgBusServer } from '@cordboard/event-bus';
import type { Envelope } from '@cordboard/events';
import { Database, serviceRole } from '@cordboard/persistence';
import { type Actor, type CallDefinition, type InputOf, type OutputOf, routingCalls, signActor } from '@cordboard/rpc';
import { InProcessRpcServer, ProxyRpcClient, RpcHub, type RunningService, startService } from '@cordboard/service-kit';
import { eventually } from '@cordboard/testing';
import pino from 'pino';
import { RoutingFixture } from '../testing/routing-fixture';
import { routingService } from './service';

describe('the routing service', () => {
  const log = pino({ level: process.env.LOG_LEVEL ?? 'fatal' });
  const actorKey = randomBytes(32);
  const hub = new RpcHub();
  const client = new ProxyRpcClient(hub);
  let routing: RoutingFixture;
  let reader: LogReader;
  let service: RunningService;

  /** Its own, for the service closes it when it stops. */
  const openDatabase = () => {
    const { url, passwordOf } = routing.testing;
    return new Database({
      url,
      role: serviceRole('routing'),
      password: passwordOf('routing'),
      name: 'routing',
      poolSize: 6,
      onError: () => undefined,
    });
  };
  const start = async () => {
    reader = new LogReader({ url: routing.testing.url, password: routing.testing.passwordOf('bus'), logger: log });
    service = await startService(routingService, {
      environment: { ROUTING_SWEEP_MS: '200' },
      log,
      key: () => actorKey,
      database: openDatabase,
      rpcClient: client,
      rpcServer: (_definition, serviceLog) => new InProcessRpcServer(hub, actorKey, serviceLog),
      busServer: ({ name }, database, serviceLog) => {
        if (!database) throw new Error('Routing keeps data.');
        return new PgBusServer({ service: name, database, reader, logger: serviceLog });
      },
    });
  };
  const stop = async () => {
    await service.stop();
    await reader.stop();
  };
  const publish = async (...events: Envelope[]) => {
    const database = openDatabase();
    await database.system(async (tx) => tx.publish(...events));
    await database.close();
  };
  const ask = async <Definition extends CallDefinition>(
    call: Definition,
    actor: Actor,
    input: InputOf<Definition>,
  ): Promise<OutputOf<Definition>> => client.call(call, await signActor(actor, actorKey), input);
  const offerTo = (actor: Actor) =>
    eventually(async () => {
      const [offer] = await ask(routingCalls.getOffers, actor, {});
      return offer ?? false;
    });

  beforeAll(async () => {
    routing = await RoutingFixture.start();
    await routing.testing.admin.query(
      `insert into routing.command (tenant_id, person_id, client_id, name, created_at)
       values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'long ago', now() - interval '8 days')`,
    );
    // The first sweep comes at once, not at some moment of the first minute.
    const soon = jest.spyOn(Math, 'random').mockReturnValue(0);
    await start();
    soon.mockRestore();
  });
  afterAll(async () => {
    await stop();
    await routing.close();
  });

  it('offers what the bus tells of, takes the answer by call, and keeps everything through a restart', async () => {
    const maria = routing.aPerson({ name: 'Maria Kern' });
    const actor = routing.actorOf(maria);
    const [first, second] = [routing.aHead(), routing.aHead()];
    await publish(routing.aPersonChanged(maria));
    await ask(routingCalls.renewLease, actor, { connectionId: randomUUID(), gone: false });
    await ask(routingCalls.setPresence, actor, { status: 'available', reason: null, clientId: randomUUID() });

    await publish(routing.opened(first));
    const offer = await offerTo(actor);
    const answer = { tenantId: offer.tenantId, offerId: offer.id, token: offer.token, clientId: randomUUID() };
    expect(await ask(routingCalls.acceptOffer, actor, answer)).toMatchObject({ conversationId: first.id, state: 'active' });

    await publish(routing.opened(second));
    const ringing = await offerTo(actor);
    await stop();
    await start();
    expect(await ask(routingCalls.acceptOffer, actor, answer)).toMatchObject({ conversationId: first.id, state: 'active' });
    expect(await offerTo(actor)).toEqual(ringing);

    await publish(routing.closed(first), routing.closed(second));
    await eventually(async () => {
      const [presence] = await ask(routingCalls.getPresences, actor, {});
      return presence?.load === 0;
    });
    expect(await routing.rows('work_item')).toMatchObject([{ state: 'done' }, { state: 'done' }]);
  });

  it('forgets results of mutations when their 7 days are over', async () => {
    await eventually(async () => {
      const { rows } = await routing.testing.admin.query(`select from routing.command where name = 'long ago'`);
      return rows.length === 0;
    });
  });
});
