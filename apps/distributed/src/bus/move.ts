import { enterShape, MoveRefused, moveToKafka, rehomeLetters } from '@cordboard/event-bus';
import { rolePassword, serviceRole } from '@cordboard/persistence';
import { loadConfig } from '@cordboard/service-kit';
import type { Client } from 'pg';
import { prepareData } from '../../../standalone/src/prepare-data';
import { StandaloneConfig } from '../../../standalone/src/standalone.config';
import { StartError } from '../../../standalone/src/start-error';
import { ownKafka } from '../kafka';
import { KafkaConfig } from '../kafka.config';
import { kafkaOptions } from '../kafka-options';
import { Ports } from '../ports';
import { openBus, portOf } from './open-bus';
import type { Terminal } from './terminal';

/**
 * Makes a stopped standalone installation a distributed one; resolves to the exit code. May be run again, also after it
 * was broken off: until the last step the installation is what it was. Of a distributed one that was given other topics it
 * takes along what failed.
 */
export async function move(environment: NodeJS.ProcessEnv, terminal: Terminal): Promise<number> {
  const { databaseUrl, dataFolder } = loadConfig(StandaloneConfig, environment);
  if (!databaseUrl && portOf(environment)) throw new StartError('Cordboard runs on this data. Stop it, then move.');
  const bus = await openBus(environment);
  try {
    const log = { url: bus.url, password: rolePassword(bus.masterKey, serviceRole('bus')), logger: bus.log };
    const admin = await bus.postgres?.connectAdmin();
    if (!admin) throw new StartError('Cordboard runs on this data. Stop it, then move.');
    await prepare(admin, bus.masterKey).finally(() => admin.end());
    const { shape, since } = await enterShape(log, 'standalone');
    const config = loadConfig(KafkaConfig, environment);
    const own = config.brokers ? undefined : await ownKafka(process.cwd(), dataFolder, new Ports(), bus.log);
    const started = performance.now();
    try {
      const kafka = kafkaOptions(own ? Object.assign(config, { brokers: own.brokers }) : config);
      if (shape === 'distributed') {
        const { letters, parked } = await rehomeLetters({ kafka, database: bus.database, logger: bus.log });
        terminal.say(`This installation has been distributed since ${since.toISOString()}.`);
        terminal.say(letters + parked > 0 ? alongLine(letters, parked) : 'There is nothing to move.');
      } else {
        const { groups, events, letters, parked } = await moveToKafka({ kafka, log, database: bus.database });
        terminal.say(`${groups} groups go on in Kafka, after ${((performance.now() - started) / 1000).toFixed(1)} s.`);
        terminal.say(`${events} events were carried.`);
        terminal.say(alongLine(letters, parked));
        terminal.say('Start it with npm run start:distributed; npm start refuses from now on.');
      }
    } finally {
      await own?.stop();
    }
    return 0;
  } catch (error) {
    if (error instanceof MoveRefused) throw new StartError(error.message);
    throw error;
  } finally {
    await bus.close();
  }
}

const alongLine = (letters: number, parked: number) => `${letters} failed events and ${parked} that wait behind them were taken along.`;

/** Refuses while services are connected; brings roles and schemas up to date. */
async function prepare(admin: Client, masterKey: Buffer): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    `select distinct application_name as name from pg_stat_activity
     where datname = current_database() and usename like 'cordboard\\_%' and application_name like 'cordboard %'`,
  );
  if (rows.length > 0) {
    throw new StartError(`Cordboard is connected to this database (${rows.map(({ name }) => name).join(', ')}). Stop it, then move.`);
  }
  await prepareData(admin, masterKey);
}
