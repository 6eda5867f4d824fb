import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@cordboard/service-kit';
import { loadMasterKey } from '../../../standalone/src/master-key';
import { openPostgres, type Postgres } from '../../../standalone/src/postgres';
import { prepareData } from '../../../standalone/src/prepare-data';
import { StandaloneConfig } from '../../../standalone/src/standalone.config';
import { runBusCommand } from './run-bus-command';

const tenant = '01900000-0000-7000-8000-00000000000a';
const event = '01900000-0000-7000-8000-0000000000e1';

describe('the command of the bus', () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'cordboard-bus-'));
  const config = Object.assign(new StandaloneConfig(), { dataFolder });
  let postgres: Postgres | undefined;

  const start = async () => {
    postgres = await openPostgres(config, loadMasterKey('', dataFolder), createLogger('silent'));
    return postgres.connectAdmin();
  };
  const stop = async () => {
    await postgres?.stop();
    postgres = undefined;
  };

  beforeAll(async () => {
    chmodSync(dataFolder, 0o755);
    const admin = await start();
    await prepareData(admin, loadMasterKey('', dataFolder));
    await admin.query(`insert into bus.position (grp, epoch, done) values ('inbox', 1, '1:1:')`);
    await admin.end();
    await stop();
  });
  afterAll(async () => {
    await stop();
    rmSync(dataFolder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    const admin = await start();
    await admin.query('truncate bus.dead_letter, bus.parked_event restart identity');
    const columns = 'grp, key, parks, log_id, tenant_id, event_id, type, body, error, tries, next_try_at, dead_at';
    await admin.query(
      `insert into bus.dead_letter (${columns}) values
         ('inbox', 'a', true, 1, $1, $2, 'inbound.received', '{"data":{"text":"my secret"}}', E'Error: no such contact\n    at x.ts:1', 5, now(), now()),
         ('inbox', 'b', true, 3, $1, $2, 'inbound.received', '{}', 'Error: hiccup', 2, now(), null),
         ('webchat', 'c', true, 4, $1, $2, 'outbound.requested', '{}', 'Error: gone', 5, now(), now())`,
      [tenant, event],
    );
    await admin.query(
      `insert into bus.parked_event (grp, log_id, key, tenant_id, event_id, type, body) values ('inbox', 2, 'a', $1, $2, 'inbound.received', '{}')`,
      [tenant, event],
    );
    await admin.end();
  });
  afterEach(stop);

  /** Runs it as from a terminal on which `answer` is given, or where nobody can be asked. */
  const run = async (args: readonly string[], answer?: boolean) => {
    const said: string[] = [];
    const warned: string[] = [];
    const code = await runBusCommand({ CORDBOARD_DATA: dataFolder }, args, {
      say: (text) => said.push(text),
      warn: (text) => warned.push(text),
      ask: answer === undefined ? undefined : async () => answer,
    });
    return { code, said: said.join('\n'), warned: warned.join('\n') };
  };
  const deadIds = async () => (JSON.parse((await run(['dead', '--json'])).said) as { id: string }[]).map(({ id }) => id);

  it('lists groups with what they have set aside', async () => {
    const { code, said } = await run(['lag']);
    expect(code).toBe(0);
    expect(said.split('\n').map((line) => line.split(/\s{2,}/))).toEqual([
      ['group', 'transport', 'behind', 'oldest', 'retrying', 'parked', 'dead'],
      ['inbox', 'log', expect.any(String), expect.any(String), '1', '1', '1'],
    ]);
  });

  it('lists dead letters without what people wrote', async () => {
    const { said } = await run(['dead', 'inbox']);
    expect(said).toContain('1  inbox  inbound.received  dead since');
    expect(said).toContain('after 5 tries, 1 event waits behind it');
    expect(said).toContain('error   Error: no such contact\n');
    expect(said).toContain('1 more failed and are tried again.');
    for (const hidden of ['secret', 'webchat', 'x.ts']) expect(said).not.toContain(hidden);
  });

  it('shows what people wrote only when told to, with a warning', async () => {
    const { said, warned } = await run(['dead', 'inbox', '--body']);
    expect(said).toContain('my secret');
    expect(warned).toContain('What people wrote follows.');
  });

  it('replays a letter once, and says why it does not a second time', async () => {
    expect(await run(['replay', '1', '99'])).toEqual({
      code: 1,
      said: '1  inbox  inbound.received  is tried again',
      warned: 'There is no letter 99.',
    });
    expect(await run(['replay', '1'])).toMatchObject({ code: 1, warned: 'Letter 1 is being tried again just now (0 failed so far).' });
    expect(await deadIds()).toEqual(['3']);
  });

  it('skips only what it was told to, and not without a yes', async () => {
    expect(await run(['skip', '1'])).toMatchObject({ code: 1, said: '', warned: expect.stringContaining('add --yes') });
    expect(await run(['skip', '1'], false)).toMatchObject({
      code: 1,
      said: '',
      warned: expect.stringContaining('1 event waits behind it'),
    });
    expect(await deadIds()).toEqual(['1', '3']);
    expect(await run(['skip', '1'], true)).toMatchObject({
      code: 0,
      said: `1  inbox  inbound.received  is skipped: event ${event}, key a, tenant ${tenant}`,
    });
    expect(await deadIds()).toEqual(['3']);
    expect(await run(['skip', '1', '--yes'])).toMatchObject({ code: 1, warned: expect.stringMatching(/^Letter 1 was skipped at /) });
  });

  it('takes all dead letters of a group, and leaves those that are still tried', async () => {
    expect(await run(['skip', '--group', 'inbox', '--all', '--yes'])).toMatchObject({ code: 0 });
    expect(await run(['replay', '2'])).toMatchObject({ code: 1, warned: 'Letter 2 is being tried again just now (2 failed so far).' });
    expect(await run(['skip', '--group', 'inbox', '--all', '--yes'])).toEqual({
      code: 1,
      said: '',
      warned: 'Group inbox has no dead letter.',
    });
    expect(await deadIds()).toEqual(['3']);
  });

  it('works on a stopped installation, and leaves it stopped', async () => {
    await stop();
    expect(await run(['replay', '1'])).toMatchObject({ code: 0, said: '1  inbox  inbound.received  is tried again when Cordboard starts' });
    expect(await deadIds()).toEqual(['3']);
    await (await start()).end();
  });

  it('does not move what is running, and makes nothing where there is nothing', async () => {
    await expect(run(['move'])).rejects.toThrow('Cordboard runs on this data. Stop it, then move.');
    await expect(
      runBusCommand({ CORDBOARD_DATA: join(dataFolder, 'none') }, ['lag'], { say: fail, warn: fail, ask: undefined }),
    ).rejects.toThrow('There is no data in');
  });
});

function fail(text: string): never {
  throw new Error(`Nothing should be said: ${text}`);
}
