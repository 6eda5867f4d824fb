import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../drive/free-port';
import { brokersOf, startCluster, stopCluster } from '../kafka/cluster';
import { fetchJars, missingForKafka } from '../kafka/jars';

/**
 * Runs `work` with the address of a Kafka of its own, started before and stopped after; with that of `KAFKA_BROKERS`
 * where it is set; and with none, saying so loudly, where Kafka cannot run.
 */
export async function withKafka<Result>(root: string, work: (environment: Record<string, string>) => Promise<Result>): Promise<Result> {
  if (process.env.KAFKA_BROKERS) return work({});
  const missing = await missingForKafka(root);
  if (missing) {
    const line = '!'.repeat(78);
    console.log(`\n${line}\n!  The specs on Kafka were SKIPPED: this machine cannot run it.\n!  ${missing}\n${line}`);
    return work({});
  }
  const folder = mkdtempSync(join(tmpdir(), 'cordboard-kafka-'));
  try {
    const jars = await fetchJars(root);
    const ports = [{ port: await freePort(), controllerPort: await freePort() }];
    const cluster = await startCluster({ jars, folder, ports, stays: false });
    return await work({ KAFKA_BROKERS: brokersOf(cluster) });
  } finally {
    await stopCluster(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}
