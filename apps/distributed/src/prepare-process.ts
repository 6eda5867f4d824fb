import { prepareTopics } from '@cordboard/event-bus';
import { ConfigError, createLogger, loadConfig } from '@cordboard/service-kit';
import { seedDemo } from '../../standalone/src/demo/seed-demo';
import { keepShape } from '../../standalone/src/keep-shape';
import { givenPostgres } from '../../standalone/src/postgres';
import { prepareData } from '../../standalone/src/prepare-data';
import { runProgram } from '../../standalone/src/run-program';
import { StandaloneConfig } from '../../standalone/src/standalone.config';
import { StartError } from '../../standalone/src/start-error';
import { KafkaConfig } from './kafka.config';
import { kafkaOptions } from './kafka-options';
import { endWithSupervisor } from './supervision';

/**
 * Brings roles, schemas and topics up to date and puts the demo in; to be run once before services of a version start.
 * DATABASE_URL names a user who may create roles. May be run again.
 */
async function prepare(environment: NodeJS.ProcessEnv): Promise<void> {
  const config = loadConfig(StandaloneConfig, environment);
  const kafka = kafkaOptions(loadConfig(KafkaConfig, environment));
  if (!config.databaseUrl) throw new ConfigError('DATABASE_URL: name the PostgreSQL to prepare, with a user who may create roles.');
  if (!config.masterKey) throw new ConfigError('CORDBOARD_MASTER_KEY: services that run apart need the same key, 64 hexadecimal digits.');
  const masterKey = Buffer.from(config.masterKey, 'hex');
  const log = createLogger(config.logLevel);
  const postgres = givenPostgres(config.databaseUrl);
  const admin = await postgres.connectAdmin();
  const applied = await prepareData(admin, masterKey).finally(() => admin.end());
  await keepShape({ url: postgres.url, masterKey }, 'distributed', log);
  await prepareTopics(kafka, log).catch((error: Error) => {
    const where = kafka.brokers.join(', ');
    throw new StartError(
      `Kafka cannot be used at ${where}: ${error.message}. Check KAFKA_BROKERS and the KAFKA_TLS, KAFKA_CA_FILE and KAFKA_SASL variables.`,
    );
  });
  if (config.demo) await seedDemo(config, postgres.url, masterKey);
  log.info({ migrations: applied.length }, 'The database and Kafka’s topics are ready');
}

endWithSupervisor();
runProgram(() => prepare(process.env));
