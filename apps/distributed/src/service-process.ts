import { hostname } from 'node:os';
import { ConfigError, createLogger, loadConfig } from '@cordboard/service-kit';
import { InstallationConfig } from '../../standalone/src/installation.config';
import { runProgram } from '../../standalone/src/run-program';
import { stopOnSignals } from '../../standalone/src/stop-on-signals';
import { KafkaConfig } from './kafka.config';
import { kafkaOptions } from './kafka-options';
import { parts, relay } from './parts';
import { ProcessServer } from './process-server';
import { runRelay } from './run-relay';
import { type RunningProcess, runService } from './run-service';
import { ServiceConfig } from './service.config';
import { endWithSupervisor, tellSupervisor } from './supervision';

const stopDeadlineMs = 9000;
/** Longest that requests in hand are waited for before the service stops; long polls end only then. */
const finishWithinMs = 1000;

/**
 * One service alone in this process, or the relay, named by CORDBOARD_SERVICE. Told to stop it says so at /health/ready, answers what
 * is in hand, sends its sockets elsewhere, leaves its groups and ends.
 */
async function run(environment: NodeJS.ProcessEnv): Promise<void> {
  const config = loadConfig(ServiceConfig, environment);
  const { databaseUrl, masterKey, logLevel } = loadConfig(InstallationConfig, environment);
  const kafka = kafkaOptions(loadConfig(KafkaConfig, environment));
  const load = parts[config.service];
  if (!load && config.service !== relay) {
    throw new ConfigError(`CORDBOARD_SERVICE: name one of ${[...Object.keys(parts), relay].join(', ')}.`);
  }
  if (!databaseUrl) throw new ConfigError('DATABASE_URL: a service that runs apart needs the address of PostgreSQL.');
  if (!masterKey) throw new ConfigError('CORDBOARD_MASTER_KEY: services that run apart need the same key, 64 hexadecimal digits.');

  const instance = config.instance || `${hostname()}-${process.pid}`;
  const log = createLogger(logLevel).child({ instance });
  const server = new ProcessServer();
  await server.listen(config.httpPort, config.httpHost);
  let running: RunningProcess | undefined;
  const supervised = process.send !== undefined;
  // Ctrl-C reaches the whole group; who has a supervisor waits for its word.
  stopOnSignals(supervised ? ['SIGTERM'] : ['SIGTERM', 'SIGINT'], log, stopDeadlineMs + config.stopDelayMs, async () => {
    server.leave();
    await new Promise((next) => setTimeout(next, config.stopDelayMs));
    await server.finish(finishWithinMs);
    await running?.stop();
    server.close();
  });
  const options = { environment, config, instance, databaseUrl, masterKey: Buffer.from(masterKey, 'hex'), kafka, log };
  running = load ? await runService(await load(), options, server) : await runRelay(options, server);
  log.info({ service: config.service }, 'Ready');
  tellSupervisor(running.http);
}

endWithSupervisor();
runProgram(() => run(process.env));
