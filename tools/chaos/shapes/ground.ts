import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@cordboard/persistence';
import { Client } from 'pg';
import { freePort } from '../../drive/free-port';
import { superuserPassword } from '../../drive/operator';
import type { Place } from '../../drive/place';
import { TcpProxy } from '../../drive/tcp-proxy';
import { type Cluster, readCluster, restartNode, runningNodes, startCluster, stopCluster } from '../../kafka/cluster';
import { fetchJars, missingForKafka } from '../../kafka/jars';

const nodes = 3;
const superuser = 'cordboard';

/**
 * What a distributed Cordboard stands on, in the hands of whoever breaks it: PostgreSQL in its data folder, kept up as an
 * operator's system would, and three Kafka nodes; each behind a proxy, and Kafka's nodes tell clients the proxies' ports.
 */
export class Ground {
  private isClosing = false;

  private constructor(
    private readonly folder: string,
    private readonly jars: string,
    private postgres: EmbeddedPostgres,
    readonly database: TcpProxy,
    readonly brokers: TcpProxy[],
  ) {
    this.keepUp();
  }

  static async open({ dataFolder }: Place): Promise<Ground> {
    const missing = await missingForKafka(process.cwd());
    if (missing) throw new Error(missing);
    const jars = await fetchJars(process.cwd());
    const masterKey = randomBytes(32);
    writeFileSync(join(dataFolder, 'master.key'), `${masterKey.toString('hex')}\n`, { mode: 0o600 });
    const postgres = await startPostgres(dataFolder, superuserPassword(masterKey));
    await createDatabase(postgres);
    const ports = [];
    const brokers = [];
    for (let node = 0; node < nodes; node++) {
      const port = await freePort();
      const proxy = await TcpProxy.listen(port);
      brokers.push(proxy);
      ports.push({ port: await freePort(), controllerPort: await freePort(), proxied: { port, proxy: proxy.port } });
    }
    await startCluster({ jars, folder: join(dataFolder, 'kafka'), ports, stays: false });
    return new Ground(dataFolder, jars, postgres, await TcpProxy.listen(Number(new URL(postgres.url).port)), brokers);
  }

  /** Where Cordboard finds it. */
  get environment(): Record<string, string> {
    return {
      DATABASE_URL: `postgres://${superuser}:${this.postgres.password}@127.0.0.1:${this.database.port}/cordboard`,
      KAFKA_BROKERS: this.brokers.map(({ port }) => `127.0.0.1:${port}`).join(','),
    };
  }

  /** Kills a Kafka node −9; ids begin at 1. Nobody listens on its port from then on, nor does its proxy. */
  killNode(id: number): void {
    process.kill(this.node(id).pid, 'SIGKILL');
    this.brokers[id - 1]?.close();
  }

  async reviveNode(id: number): Promise<void> {
    const { proxied } = this.node(id);
    await restartNode(this.jars, this.kafka, id);
    if (proxied) this.brokers[id - 1] = await TcpProxy.listen(proxied.port, proxied.proxy);
  }

  async close(): Promise<void> {
    this.isClosing = true;
    for (const proxy of [this.database, ...this.brokers]) proxy.close();
    // Nobody will read what they hold, and the last of three would wait for the others to take its leave.
    for (const { pid } of await runningNodes(this.kafka)) process.kill(pid, 'SIGKILL');
    await Promise.all([this.postgres.stop(), stopCluster(this.kafka)]);
  }

  private get kafka(): string {
    return join(this.folder, 'kafka');
  }

  private node(id: number): Cluster['nodes'][number] {
    const node = readCluster(this.kafka)?.nodes.find((each) => each.id === id);
    if (!node) throw new Error(`There is no Kafka node ${id}.`);
    return node;
  }

  private keepUp(): void {
    void this.postgres.exited.then(async () => {
      if (this.isClosing) return;
      this.postgres = await startPostgres(this.folder, this.postgres.password, Number(new URL(this.postgres.url).port));
      this.keepUp();
    });
  }
}

function startPostgres(dataFolder: string, password: string, port?: number): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataDir: join(dataFolder, 'postgres'), superuser, password, durable: true, port });
}

async function createDatabase({ url, password }: EmbeddedPostgres): Promise<void> {
  const { hostname: host, port } = new URL(url);
  const client = new Client({ host, port: Number(port), user: superuser, password, database: 'postgres' });
  await client.connect();
  await client.query('create database cordboard').finally(() => client.end());
}
