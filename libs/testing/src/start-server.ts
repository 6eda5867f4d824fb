import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@cordboard/persistence';
import { serverVariable, type TestServer } from './test-server';

/** One PostgreSQL for the whole run; each test file makes databases of its own on it. */
export async function startServer(): Promise<void> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'cordboard-test-'));
  chmodSync(folder, 0o755);
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'data'), superuser: 'tester', password: 'tester', durable: false });
  process.env[serverVariable] = JSON.stringify({ url: server.url, superuser: 'tester', password: 'tester' } satisfies TestServer);
  (globalThis as { stopTestServer?: () => Promise<void> }).stopTestServer = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
