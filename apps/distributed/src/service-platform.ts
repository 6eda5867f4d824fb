import { KafkaBusServer, type KafkaOptions } from '@cordboard/event-bus';
import { type Platform, TcpRpcClient, TcpRpcServer } from '@cordboard/service-kit';
import type { Logger } from 'pino';
import { groupMetrics } from '../../standalone/src/group-metrics';
import { deriveKey } from '../../standalone/src/master-key';
import { openDatabase } from '../../standalone/src/service-database';
import type { ServiceConfig } from './service.config';

export interface PlatformOptions {
  environment: NodeJS.ProcessEnv;
  config: ServiceConfig;
  instance: string;
  databaseUrl: string;
  masterKey: Buffer;
  kafka: KafkaOptions;
  log: Logger;
}

/** What a service alone in its process stands on: Kafka, calls over TCP, a pool of its own. */
export class ServicePlatform implements Platform {
  readonly environment: Platform['environment'];
  readonly instance: string;
  readonly log: Logger;
  readonly rpcClient: TcpRpcClient;
  private bus: KafkaBusServer | undefined;

  constructor(private readonly options: PlatformOptions) {
    const { environment, instance, log, config } = options;
    this.environment = environment;
    this.instance = instance;
    this.log = log;
    this.rpcClient = new TcpRpcClient({ peers: config.peers ?? {}, log });
  }

  readonly key: Platform['key'] = (purpose) => deriveKey(this.options.masterKey, purpose);

  readonly database: Platform['database'] = (definition, log) => {
    const { databaseUrl: url, masterKey, instance } = this.options;
    return openDatabase(definition, { url, masterKey, instance }, log);
  };

  readonly rpcServer: Platform['rpcServer'] = (_definition, log) => {
    const { rpcHost: host, rpcPort: port } = this.options.config;
    return new TcpRpcServer({ host, port, actorKey: this.key('actor'), log });
  };

  readonly busServer: Platform['busServer'] = (definition, database, logger, metrics) => {
    const { kafka } = this.options;
    this.bus = new KafkaBusServer({ service: definition.name, database, kafka, logger, metrics: groupMetrics(metrics) });
    return this.bus;
  };

  /** Rejects while the brokers or a service that is asked do not answer. */
  async ready(): Promise<void> {
    await Promise.all([this.rpcClient.ready(), this.bus?.ready()]);
  }

  async close(): Promise<void> {
    await this.rpcClient.close();
  }
}
