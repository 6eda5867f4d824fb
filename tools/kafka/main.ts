import { join } from 'node:path';
import { brokersOf, readCluster, runningNodes, startCluster, stopCluster } from './cluster';
import { fetchJars, missingForKafka } from './jars';
import { type KafkaToolOptions, readOptions, usage } from './options';

const root = process.cwd();
const folder = join(process.env.CORDBOARD_DATA ?? '.data', 'kafka');

async function main(): Promise<void> {
  if (process.argv.includes('--help')) return console.log(usage);
  const options = readOptions(process.argv.slice(2));
  if (options.verb === 'start') await start(options);
  else if (options.verb === 'stop') console.log((await stopCluster(folder)) ? 'Kafka has stopped.' : 'Kafka was not running.');
  else await status();
}

async function start({ nodes, port }: KafkaToolOptions): Promise<void> {
  const known = readCluster(folder);
  if ((await runningNodes(folder)).length > 0) return status();
  if (known && known.nodes.length !== nodes) {
    throw new Error(
      `${folder} holds a cluster of ${known.nodes.length}. Start it with --nodes ${known.nodes.length}, or remove the folder.`,
    );
  }
  const missing = await missingForKafka(root);
  if (missing) throw new Error(missing);
  const jars = await fetchJars(root);
  const ports = Array.from({ length: nodes }, (_, index) => ({ port: port + 2 * index, controllerPort: port + 2 * index + 1 }));
  await startCluster({ jars, folder, ports, stays: true });
  await status();
}

async function status(): Promise<void> {
  const cluster = readCluster(folder);
  const running = await runningNodes(folder);
  if (!cluster || running.length === 0) {
    console.log('Kafka is not running. Start it with: npm run kafka');
    process.exitCode = 1;
    return;
  }
  for (const { id, port, pid } of running) console.log(`node ${id}  127.0.0.1:${port}  process ${pid}`);
  console.log(`KAFKA_BROKERS=${brokersOf(cluster)}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
