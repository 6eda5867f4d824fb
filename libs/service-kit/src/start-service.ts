import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http';
import { Database } from '@cordboard/persistence';
import { type DynamicModule, Global, Module, type Provider } from '@nestjs/common';
import { HttpAdapterHost, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { loadConfig } from './config';
import { Metrics } from './metrics';
import { NestLog } from './nest-log';
import { ENVIRONMENT, INSTANCE, KEYS, LOG, type Platform, RPC_CLIENT } from './platform';
import { RethrowFilter } from './rethrow.filter';
import type { ServiceDefinition } from './service-definition';

/** A service at work. */
export interface RunningService {
  definition: ServiceDefinition;
  metrics: Metrics;
  /** Rejects with the reason while the service cannot do its work. */
  ready: () => Promise<void>;
  handle: (request: IncomingMessage, response: ServerResponse) => void;
  /** For upgrades of sockets: emit `upgrade` here. */
  server: HttpServer;
  /** Takes no new work, finishes what is in hand, lets go of everything. */
  stop: () => Promise<void>;
}

@Global()
@Module({})
class KitModule {
  static with(providers: Provider[]): DynamicModule {
    return { module: KitModule, providers, exports: providers };
  }
}

/** Boots one service on a platform: its Nest application, its answers and its event handlers. */
export async function startService(definition: ServiceDefinition, platform: Platform): Promise<RunningService> {
  const log = platform.log.child({ service: definition.name });
  const config = loadConfig(definition.config, platform.environment);
  const metrics = new Metrics(definition.name, false, platform.instance);
  const database = platform.database(definition, log);
  const app = await createApp(definition, kitProviders({ definition, platform, log, config, metrics, database }), log);
  const strategies = [platform.rpcServer(definition, log), platform.busServer(definition, database, log, metrics)];
  for (const strategy of strategies) app.connectMicroservice({ strategy }, { inheritAppConfig: true });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  await app.startAllMicroservices();
  const fastify = app.getHttpAdapter().getInstance();
  return {
    definition,
    metrics,
    ready: async () => {
      await Promise.all([database.system((tx) => tx.query('select 1')), platform.ready?.()]);
    },
    handle: (request, response) => fastify.routing(request, response),
    server: fastify.server,
    stop: async () => {
      await app.close();
      await database.close();
    },
  };
}

interface Kit {
  definition: ServiceDefinition;
  platform: Platform;
  log: Logger;
  config: object;
  metrics: Metrics;
  database: Database;
}

function kitProviders({ definition, platform, log, config, metrics, database }: Kit): Provider[] {
  return [
    { provide: definition.config, useValue: config },
    { provide: Metrics, useValue: metrics },
    { provide: LOG, useValue: log },
    { provide: KEYS, useValue: platform.key },
    { provide: ENVIRONMENT, useValue: platform.environment },
    { provide: INSTANCE, useValue: platform.instance ?? null },
    { provide: RPC_CLIENT, useValue: platform.rpcClient },
    { provide: Database, useValue: database },
  ];
}

async function createApp(definition: ServiceDefinition, providers: Provider[], log: Logger): Promise<NestFastifyApplication> {
  @Module({ imports: [KitModule.with(providers), definition.module] })
  class Root {}
  const adapter = new FastifyAdapter({ trustProxy: true, bodyLimit: 1_048_576, forceCloseConnections: true });
  const app = await NestFactory.create<NestFastifyApplication>(Root, adapter, {
    logger: new NestLog(log),
    rawBody: true,
    abortOnError: false,
  });
  app.useGlobalFilters(new RethrowFilter(app.get(HttpAdapterHost).httpAdapter));
  return app;
}
