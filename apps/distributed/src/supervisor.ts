import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { loadConfig } from '@cordboard/service-kit';
import { GatewayConfig } from '../../gateway/src/gateway.config';
import { printAddresses } from '../../standalone/src/addresses';
import { openLog } from '../../standalone/src/log';
import { loadMasterKey } from '../../standalone/src/master-key';
import { openPostgres, type Postgres } from '../../standalone/src/postgres';
import { StandaloneConfig } from '../../standalone/src/standalone.config';
import { StartError } from '../../standalone/src/start-error';
import { stopOnSignals } from '../../standalone/src/stop-on-signals';
import { ChildLog } from './child-log';
import { Control } from './control';
import { Fleet, fleet } from './fleet';
import { Front } from './front';
import { type Kafka, ownKafka } from './kafka';
import { KafkaConfig } from './kafka.config';
import { Overview } from './overview';
import { Ports } from './ports';
import { removeProcessList, writeProcessList } from './process-list';
import type { ReplicaCounts } from './replica-counts';

const stopDeadlineMs = 20_000;
/** A request that the front has just handed to a process that leaves is still taken. */
const leaveDelayMs = 100;

/**
 * Runs every service in processes of its own until SIGINT or SIGTERM. The order at start: the port (so that one in use is told
 * at once), PostgreSQL and Kafka, their schemas and topics, the relay and the services. At stop the same backwards, within 20 s.
 */
export async function runSupervisor(environment: NodeJS.ProcessEnv, counts: ReplicaCounts): Promise<void> {
  const started = performance.now();
  const config = loadConfig(StandaloneConfig, environment);
  const { trustedProxies } = loadConfig(GatewayConfig, environment);
  const kafkaConfig = loadConfig(KafkaConfig, environment);
  const masterKey = loadMasterKey(config.masterKey, config.dataFolder);
  const running: Running = { dataFolder: config.dataFolder };
  const replicas = () => running.fleet?.replicas ?? [];
  const front = new Front(replicas, new Overview(replicas), trustedProxies);
  running.front = front;
  await front.listen(config.port, config.host);
  const log = openLog(config.logLevel, config.dataFolder);
  stopOnSignals(['SIGINT', 'SIGTERM'], log, stopDeadlineMs, () => stopAll(running));

  const ports = new Ports();
  say('PostgreSQL and Kafka');
  const [postgres, kafka] = await Promise.all([
    openPostgres(config, masterKey, log).then((opened) => {
      running.postgres = opened;
      return opened;
    }),
    kafkaConfig.brokers
      ? { brokers: kafkaConfig.brokers, stop: async () => undefined }
      : ownKafka(process.cwd(), config.dataFolder, ports, log),
  ]);
  running.kafka = kafka;

  const shared = {
    ...environment,
    PORT: String(config.port),
    CORDBOARD_MASTER_KEY: masterKey.toString('hex'),
    KAFKA_BROKERS: kafka.brokers,
    TRUSTED_PROXIES: String(trustedProxies + 1),
    STOP_DELAY_MS: String(leaveDelayMs),
  };
  const childLog = new ChildLog(config.dataFolder);
  await prepare({ ...shared, DATABASE_URL: postgres.adminUrl }, (line) => childLog.take({ service: 'prepare', name: 'prepare' }, line));
  say('migrations and topics');

  const list = {
    pid: process.pid,
    address: `http://127.0.0.1:${config.port}`,
    control: await openControl(running, ports),
    brokers: kafka.brokers,
  };
  running.fleet = new Fleet({
    counts,
    program: join(__dirname, 'service.js'),
    environment: { ...shared, DATABASE_URL: postgres.url },
    ports,
    log,
    onLine: (replica, line) => childLog.take(replica, line),
    onChange: (replica) => {
      front.learn(replica.service, replica.prefixes);
      if (running.fleet && !running.isStopped) writeProcessList(config.dataFolder, list, running.fleet.replicas);
    },
  });
  await running.fleet.start().catch((error: Error) => {
    throw new StartError(error.message);
  });
  say(`${running.fleet.replicas.length} processes of ${fleet.length} services`);
  front.open();
  log.info({ port: config.port }, 'Cordboard is ready');
  printAddresses(config, performance.now() - started);
}

interface Running {
  dataFolder: string;
  front?: Front;
  control?: Control;
  postgres?: Postgres;
  kafka?: Kafka;
  fleet?: Fleet;
  isStopped?: boolean;
}

function say(what: string): void {
  process.stdout.write(`  ${what}\n`);
}

async function openControl(running: Running, ports: Ports): Promise<{ address: string; token: string }> {
  const control = new Control(async (service, tell) => {
    if (service !== 'all' && !fleet.includes(service)) throw new Error(`there is no service ${service}`);
    await running.fleet?.renew(service, (before, after) => tell(`${before} → ${after}`));
  });
  running.control = control;
  return { address: await control.listen(await ports.take()), token: control.token };
}

async function prepare(environment: NodeJS.ProcessEnv, onLine: (line: string) => void): Promise<void> {
  const child = spawn(process.execPath, [...process.execArgv, join(__dirname, 'prepare.js')], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const output: string[] = [];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => text.split('\n').forEach(onLine));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => output.push(text));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new StartError(output.join('').trim() || `The data could not be prepared (code ${code}); cordboard.log tells why.`);
}

async function stopAll(running: Running): Promise<void> {
  running.front?.close();
  running.control?.close();
  await running.fleet?.stop();
  running.isStopped = true;
  await running.kafka?.stop();
  await running.postgres?.stop();
  removeProcessList(running.dataFolder);
}
