import { join, resolve } from 'node:path';
import type { Logger } from 'pino';
import { brokersOf, readCluster, runningNodes, type StartedCluster, startCluster, stopCluster } from '../../../tools/kafka/cluster';
import { fetchJars, missingForKafka } from '../../../tools/kafka/jars';
import { StartError } from '../../standalone/src/start-error';
import { BackOff } from './back-off';
import type { Ports } from './ports';

/** A Kafka to work on, of our own or given. */
export interface Kafka {
  /** As KAFKA_BROKERS. */
  brokers: string;
  stop: () => Promise<void>;
}

/**
 * The Kafka of the data folder: the one that `npm run kafka` has started there goes on afterwards; else one is started,
 * kept up, and ended with the rest.
 */
export async function ownKafka(root: string, dataFolder: string, ports: Ports, log: Logger): Promise<Kafka> {
  const folder = resolve(join(dataFolder, 'kafka'));
  const known = readCluster(folder);
  if (known && (await runningNodes(folder)).length > 0) return { brokers: brokersOf(known), stop: async () => undefined };
  if (known && known.nodes.length !== 1) {
    throw new StartError(
      `${folder} holds a cluster of ${known.nodes.length}. Start it before: npm run kafka -- --nodes ${known.nodes.length}`,
    );
  }
  const missing = await missingForKafka(root);
  if (missing) throw new StartError(missing);
  const jars = await fetchJars(root);
  const pair = { port: await ports.take(), controllerPort: await ports.take() };
  const start = () => startCluster({ jars, folder, ports: [pair], stays: false });
  const cluster = await start().catch((error: Error) => {
    throw new StartError(error.message);
  });
  const keeper = new Keeper(start, log);
  keeper.watch(cluster);
  return { brokers: brokersOf(cluster), stop: () => keeper.stop(folder) };
}

/** Starts a broker that ended unasked again, on the same port. */
class Keeper {
  private readonly backOff = new BackOff();
  private isStopping = false;

  constructor(
    private readonly start: () => Promise<StartedCluster>,
    private readonly log: Logger,
  ) {}

  watch(cluster: StartedCluster): void {
    const since = performance.now();
    void cluster.ended.then(() => this.revive(since));
  }

  async stop(folder: string): Promise<void> {
    this.isStopping = true;
    await stopCluster(folder);
  }

  private async revive(since: number): Promise<void> {
    for (let livedMs = performance.now() - since; !this.isStopping; livedMs = 0) {
      const waitMs = this.backOff.next(livedMs);
      this.log.error({ waitMs }, `Kafka ended unasked; it is started again in ${waitMs / 1000} s`);
      await new Promise((next) => setTimeout(next, waitMs));
      try {
        if (this.isStopping) return;
        return this.watch(await this.start());
      } catch (error) {
        this.log.error({ err: error }, 'Kafka did not start');
      }
    }
  }
}
