import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { busMigrations, LogReader, PgBusServer } from '@cordboard/event-bus';
import { Database, serviceRole } from '@cordboard/persistence';
import {
  createLogger,
  InProcessRpcServer,
  type Platform,
  ProxyRpcClient,
  RpcHub,
  type RunningService,
  startService,
} from '@cordboard/service-kit';
import { type TestDatabase, testDatabase } from '@cordboard/testing';
import { v7 as uuidv7 } from 'uuid';
import WebSocket from 'ws';
import { gatewayService } from '../../gateway/src/service';
import { PasswordHasher } from '../../identity/src/password/password-hasher';
import { provisionOperator, provisionPerson, provisionTenant } from '../../identity/src/provision/provision';
import { identityService } from '../../identity/src/service';

const key = (purpose: string) => Buffer.from(purpose.padEnd(32));
const log = createLogger('silent');
const operatorId = uuidv7();
const tenantId = uuidv7();
const maria = { id: uuidv7(), email: 'maria@spec.example', name: 'Maria Kern' };
const password = 'a good long password';

describe('signing in and out through the gateway', () => {
  let testing: TestDatabase;
  let reader: LogReader;
  let services: RunningService[] | undefined;
  let host: string;
  let stopListening: (() => void) | undefined;

  beforeAll(async () => {
    testing = await testDatabase({ schemas: [busMigrations, identityService.data, gatewayService.data] });
    reader = new LogReader({ url: testing.url, password: testing.passwordOf('bus'), logger: log });
    await reader.start();
    const hub = new RpcHub();
    const platform: Platform = {
      environment: { SIGN_IN_ACCOUNT_FAILURES: '3', CONSOLE_DIR: 'nowhere' },
      log,
      key,
      database: ({ name }) => openDatabase(testing, name),
      rpcClient: new ProxyRpcClient(hub),
      rpcServer: () => new InProcessRpcServer(hub, key('actor'), log),
      busServer: ({ name }, database) => new PgBusServer({ service: name, database, reader, logger: log }),
    };
    await seed(testing);
    services = [await startService(identityService, platform), await startService(gatewayService, platform)];
    ({ host, stopListening } = await listen(services[1]));
  });
  afterAll(async () => {
    stopListening?.();
    for (const service of [...(services ?? [])].reverse()) await service.stop();
    await reader.stop();
    await testing.close();
  });

  const ask = async (query: string, variables: object = {}, cookie = '') => {
    const response = await fetch(`http://${host}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ query, variables }),
    });
    return {
      body: (await response.json()) as { data: Record<string, never> },
      cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '',
    };
  };
  const signIn = (word = password, email = maria.email) =>
    ask(
      'mutation ($input: SignInInput!) { signIn(input: $input) { __typename ... on SignedIn { viewer { name } } ... on SignInRefused { code retryAfterMs } } }',
      { input: { email, password: word } },
    );
  const viewer = async (cookie: string) => (await ask('{ viewer { id tenants { slug } } }', {}, cookie)).body.data.viewer;

  /** Resolves to the code the socket is closed with; `open` when the gateway has let it in. */
  const socket = (cookie: string) => {
    const ws = new WebSocket(`ws://${host}/graphql`, 'graphql-transport-ws', { headers: { cookie } });
    ws.on('open', () => ws.send('{"type":"connection_init"}'));
    const open = new Promise<void>((resolve) => ws.once('message', () => resolve()));
    const closed = new Promise<number>((resolve) => ws.once('close', resolve));
    return { open, closed, close: () => ws.close() };
  };

  it('lets a person in, and out of this session alone', async () => {
    const [one, two] = [await signIn(), await signIn()];
    expect(one.body.data.signIn).toEqual({ __typename: 'SignedIn', viewer: { name: 'Maria Kern' } });
    expect(await viewer(one.cookie)).toEqual({ id: maria.id, tenants: [{ slug: 'clinic' }] });
    const sockets = [socket(one.cookie), socket(two.cookie)] as const;
    await Promise.all(sockets.map(({ open }) => open));
    await ask('mutation { signOut(input: {}) { ok } }', {}, one.cookie);
    await expect(sockets[0].closed).resolves.toBe(4401);
    expect(await viewer(one.cookie)).toBeNull();
    expect(await viewer(two.cookie)).toMatchObject({ id: maria.id });
    sockets[1].close();
  });

  it('ends every session of the person, wherever it is open', async () => {
    const [one, two] = [await signIn(), await signIn()];
    const other = socket(two.cookie);
    await other.open;
    await ask('mutation { signOut(input: { everywhere: true }) { ok } }', {}, one.cookie);
    await expect(other.closed).resolves.toBe(4401);
    expect(await viewer(two.cookie)).toBeNull();
  });

  it('closes the sockets of a person whose rights have changed', async () => {
    const { cookie } = await signIn();
    const open = socket(cookie);
    await open.open;
    await testing
      .databaseFor('identity')
      .system((tx) => provisionPerson(tx, aPerson('supervisor'), () => Promise.reject(new Error('The password is kept.'))));
    await expect(open.closed).resolves.toBe(4403);
  });

  it('makes somebody who guesses wait, and says how long', async () => {
    for (let n = 0; n < 3; n++) {
      const { body, cookie } = await signIn('a guess', 'guessed@spec.example');
      expect(body.data.signIn).toMatchObject({ __typename: 'SignInRefused', code: 'SIGN_IN_REFUSED', retryAfterMs: null });
      expect(cookie).toBe('');
    }
    const { body } = await signIn('a guess', 'guessed@spec.example');
    expect(body.data.signIn).toMatchObject({ code: 'TOO_MANY_ATTEMPTS', retryAfterMs: expect.any(Number) });
  });
});

const aPerson = (role: 'agent' | 'supervisor') => ({
  ...maria,
  ...{ operatorId, language: 'en', chatCapacity: 4, archivedAt: null, grants: [{ tenantId, role }] },
});

/** A service closes its own. */
function openDatabase({ url, passwordOf }: TestDatabase, name: string): Database {
  return new Database({ url, role: serviceRole(name), password: passwordOf(name), name, poolSize: 4, onError: () => undefined });
}

async function seed(testing: TestDatabase): Promise<void> {
  const identity = testing.databaseFor('identity');
  const passwords = new PasswordHasher();
  await identity.system((tx) => provisionOperator(tx, { id: operatorId, name: 'Spec' }));
  const tenant = {
    id: tenantId,
    operatorId,
    slug: 'clinic',
    name: 'Clinic',
    shortName: 'Clinic',
    colour: 'teal',
    languages: ['en'],
  } as const;
  const rest = { languages: ['en'], timeZone: 'UTC', greeting: {}, hoursLine: {}, sites: [] };
  await identity.tenant(tenantId, (tx) => provisionTenant(tx, { ...tenant, ...rest }));
  await identity.system((tx) => provisionPerson(tx, aPerson('agent'), () => passwords.hash(password)));
  await passwords.onApplicationShutdown();
}

async function listen(service: RunningService | undefined) {
  const server = createServer((request, response) => service?.handle(request, response));
  server.on('upgrade', (...upgrade) => service?.server.emit('upgrade', ...upgrade));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stopListening = () => {
    server.close();
    server.closeAllConnections();
  };
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, stopListening };
}
