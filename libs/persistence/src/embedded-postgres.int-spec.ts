import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@cordboard/testing';
import { Client } from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres';
import { isAlive } from './postmaster';

describe('embedded PostgreSQL', () => {
  let folder: string;
  const dataDir = () => join(folder, 'data');
  const start = (port?: number) =>
    startEmbeddedPostgres({ dataDir: dataDir(), superuser: 'tester', password: 'secret', durable: false, ...(port ? { port } : {}) });
  const query = async (server: EmbeddedPostgres, text: string) => {
    const client = new Client({ connectionString: `${server.url.replace('//', '//tester:secret@')}/postgres` });
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  };

  beforeEach(() => {
    folder = mkdtempSync(join(realpathSync(tmpdir()), 'cordboard-embedded-'));
    chmodSync(folder, 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps its data from start to start', async () => {
    const first = await start();
    await query(first, 'create table kept as select 1 as n');
    await first.stop();
    const second = await start();
    expect(await query(second, 'select n from kept')).toEqual([{ n: 1 }]);
    await second.stop();
  });

  it('says what to do about data of another major version', async () => {
    mkdirSync(dataDir());
    writeFileSync(join(dataDir(), 'PG_VERSION'), '17\n');
    await expect(start()).rejects.toThrow(/written by PostgreSQL 17.*Make a backup/);
  });

  it('does not touch a folder that holds something else', async () => {
    mkdirSync(dataDir());
    writeFileSync(join(dataDir(), 'letter.txt'), 'dear reader');
    await expect(start()).rejects.toThrow('neither empty nor a PostgreSQL data folder');
  });

  it('does not start twice on one folder', async () => {
    const first = await start();
    await expect(start()).rejects.toThrow('in use by another PostgreSQL');
    await first.stop();
  });

  it('notices that the server was killed, and the next start recovers', async () => {
    const first = await start();
    await query(first, 'create table kept as select 1 as n');
    await query(first, 'checkpoint');
    process.kill(first.pid, 'SIGKILL');
    await first.exited;
    const second = await start(Number(new URL(first.url).port));
    expect(await query(second, 'select n from kept')).toEqual([{ n: 1 }]);
    await second.stop();
  });

  it('goes away with the process that started it, even by kill −9', async () => {
    const source = `require(${JSON.stringify(join(__dirname, 'embedded-postgres.ts'))})
      .startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir())}, superuser: 'tester', password: 'secret', durable: false })
      .then((server) => process.stdout.write(String(server.pid)))`;
    const child = spawn(process.execPath, ['-r', join(__dirname, '../../testing/src/run-typescript.cjs'), '-e', source]);
    const pid = await new Promise<number>((resolve) => child.stdout.once('data', (text) => resolve(Number(text))));
    child.kill('SIGKILL');
    await eventually(() => !isAlive(pid));
    expect(existsSync(join(dataDir(), 'postmaster.pid'))).toBe(false);
  });
});
