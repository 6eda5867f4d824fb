import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../../..');

async function start(environment: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ['dist/standalone/main.js'], { cwd: root, env: { ...process.env, ...environment } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said };
}

describe('When Cordboard cannot start, it says why in a line', () => {
  let dataFolder: string;

  beforeEach(() => {
    dataFolder = mkdtempSync(join(tmpdir(), 'cordboard-start-'));
    chmodSync(dataFolder, 0o755);
  });

  afterEach(() => rmSync(dataFolder, { recursive: true, force: true }));

  it('names a port that is in use, before it touches the data', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { code, said } = await start({ PORT: String(port), CORDBOARD_DATA: dataFolder });
    other.close();
    expect(code).toBe(1);
    expect(said).toContain(`Port ${port} is in use`);
  });

  it('names a variable with a wrong value', async () => {
    const { code, said } = await start({ PORT: 'eighty', CORDBOARD_DATA: dataFolder });
    expect(code).toBe(1);
    expect(said).toMatch(/^PORT: .*"eighty"/);
  });

  it('refuses a data folder of another PostgreSQL', async () => {
    const postgres = join(dataFolder, 'postgres');
    mkdirSync(postgres);
    writeFileSync(join(postgres, 'PG_VERSION'), '16\n');
    const { code, said } = await start({ PORT: '45997', CORDBOARD_DATA: dataFolder });
    expect(code).toBe(1);
    expect(said).toContain('written by PostgreSQL 16');
  });

  it('names a database it cannot reach', async () => {
    const { code, said } = await start({
      PORT: '45998',
      CORDBOARD_DATA: dataFolder,
      DATABASE_URL: 'postgres://nobody:none@127.0.0.1:9/none',
    });
    expect(code).toBe(1);
    expect(said).toContain('Cannot reach PostgreSQL at 127.0.0.1:9');
  });
});
