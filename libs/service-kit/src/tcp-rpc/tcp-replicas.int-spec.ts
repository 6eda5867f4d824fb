import type { LookupAddress } from 'node:dns';
import * as dns from 'node:dns/promises';
import { eventually } from '@cordboard/testing';
import { parlourCalls } from '../rpc-contract/parlour';
import { silent, TcpParlour } from './tcp-parlour';
import { TcpRpcClient } from './tcp-rpc-client';

jest.mock('node:dns/promises', () => ({ __esModule: true, ...jest.requireActual('node:dns/promises') }));

const { knock, wait } = parlourCalls;

describe('calls over TCP to several replicas', () => {
  let one: TcpParlour;
  let two: TcpParlour;
  let client: TcpRpcClient;

  const clientOf = (peers: Record<string, string[]>) => {
    client = new TcpRpcClient({ peers, log: silent });
    return client;
  };
  const bothAnswer = () =>
    eventually(async () => {
      const asked = [await client.call(knock, null, {}), await client.call(knock, null, {})];
      return new Set(asked.map(({ at }) => at)).size === 2;
    });

  beforeEach(async () => {
    one = await TcpParlour.open({ name: 'one' });
    two = await TcpParlour.open({ name: 'two' });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    for (const { parlour } of [one, two]) parlour.letGo();
    await client.close();
    await Promise.all([one.stop(), two.stop()]);
  });

  it('asks them in turn', async () => {
    clientOf({ parlour: [one.address, two.address] });
    await bothAnswer();
    const answers = await Promise.all(Array.from({ length: 20 }, () => client.call(knock, null, {})));
    expect(answers.filter(({ at }) => at === 'one')).toHaveLength(10);
  });

  it('loses no call of a stream when they stop and come back one after the other', async () => {
    clientOf({ parlour: [one.address, two.address] });
    await bothAnswer();
    let isOver = false;
    const seen = new Map<string, number>();
    const stream = async () => {
      while (!isOver) {
        const { at } = await client.call(knock, null, {});
        seen.set(at, (seen.get(at) ?? 0) + 1);
      }
    };
    const streams = Promise.all(Array.from({ length: 8 }, stream));
    const seenMore = (name: string) => {
      const before = seen.get(name) ?? 0;
      return eventually(() => (seen.get(name) ?? 0) > before + 50);
    };
    const restarted = async (parlour: TcpParlour, name: string) => {
      const { port } = parlour;
      await parlour.stop();
      return TcpParlour.open({ name, port });
    };
    for (let round = 0; round < 3; round += 1) {
      one = await restarted(one, `one ${round}`);
      await seenMore(`one ${round}`);
      two = await restarted(two, `two ${round}`);
      await seenMore(`two ${round}`);
    }
    isOver = true;
    await streams;
  });

  it('lets a call wait for the only replica while it restarts', async () => {
    clientOf({ parlour: [one.address] });
    await client.call(knock, null, {});
    const { port } = one;
    await one.stop();
    const call = client.call(knock, null, {});
    one = await TcpParlour.open({ name: 'one again', port });
    expect(await call).toEqual({ at: 'one again' });
  });

  it('answers what is in hand before it stops, and is asked nothing new', async () => {
    clientOf({ parlour: [one.address, two.address] });
    await bothAnswer();
    const patient = { ...wait, deadlineMs: 20_000 };
    const waiting = [client.call(patient, null, {}), client.call(patient, null, {})];
    await eventually(() => one.parlour.waiting === 1 && two.parlour.waiting === 1);
    const stopped = one.stop();
    await eventually(async () => (await client.call(knock, null, {})).at === 'two');
    const answers = await Promise.all(Array.from({ length: 10 }, () => client.call(knock, null, {})));
    expect(answers.filter(({ at }) => at === 'two')).toHaveLength(10);
    for (const { parlour } of [one, two]) parlour.letGo();
    expect(await Promise.all(waiting)).toEqual([{ text: 'at last' }, { text: 'at last' }]);
    await stopped;
  });

  it('cuts off after three seconds what it cannot finish', async () => {
    clientOf({ parlour: [one.address] });
    const endless = expect(client.call({ ...wait, deadlineMs: 20_000 }, null, {})).rejects.toMatchObject({ code: 'SERVICE_AWAY' });
    await eventually(() => one.parlour.waiting === 1);
    const startedMs = performance.now();
    await one.stop();
    await endless;
    expect(performance.now() - startedMs).toBeGreaterThan(2900);
    expect(performance.now() - startedMs).toBeLessThan(4500);
  });

  it('is ready when one replica of each service is connected, and names those away', async () => {
    const { port } = two;
    await two.stop();
    clientOf({ parlour: [one.address], attic: [`127.0.0.1:${port}`], cellar: [`127.0.0.1:${port}`, one.address] });
    await eventually(() => one.sockets.size === 2);
    await eventually(() => expect(client.ready()).rejects.toThrow('No replica is connected of: attic.'));
    two = await TcpParlour.open({ port });
    await eventually(() => client.ready().then(() => true));
  });

  it('finds all replicas behind a name, those that come later too, and forgets those that left it', async () => {
    const lookup = jest.spyOn(dns, 'lookup') as unknown as jest.SpyInstance<Promise<LookupAddress[]>>;
    const behindTheName = (...addresses: string[]) => lookup.mockResolvedValue(addresses.map((address) => ({ address, family: 4 })));
    behindTheName('127.0.0.1');
    clientOf({ parlour: [`parlour.test:${one.port}`] });
    await eventually(() => one.sockets.size === 1);
    behindTheName('127.0.0.1', 'localhost');
    await eventually(() => one.sockets.size === 2);
    behindTheName('127.0.0.1');
    const lookups = lookup.mock.calls.length;
    await eventually(() => lookup.mock.calls.length > lookups);
    expect(one.sockets.size).toBe(2);
    const { port } = one;
    await one.kill();
    one = await TcpParlour.open({ port });
    await eventually(() => one.sockets.size === 1);
    const again = lookup.mock.calls.length;
    await eventually(() => lookup.mock.calls.length > again);
    expect(one.accepted).toBe(1);
  });

  it('refuses an address without a port', () => {
    clientOf({});
    expect(() => new TcpRpcClient({ peers: { parlour: ['localhost'] }, log: silent })).toThrow('"localhost" is no address');
  });
});
