import type { Database } from '@cordboard/persistence';
import type { RpcClient } from '@cordboard/rpc';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import type { Logger } from 'pino';
import type { Metrics } from './metrics';
import type { ServiceDefinition } from './service-definition';

/** What the shape (one process, or many) gives a service to stand on. */
export interface Platform {
  environment: Record<string, string | undefined>;
  /** Name of this process where a service has several: goes into metrics, events and greetings of sockets. */
  instance?: string;
  log: Logger;
  /** Derives independent keys from the master key, by purpose. */
  key: (purpose: string) => Uint8Array;
  /** Opens the service's database as its own role. */
  database: (definition: ServiceDefinition, log: Logger) => Database;
  rpcClient: RpcClient;
  /** Transport that answers calls, and the one that handles events. */
  rpcServer: (definition: ServiceDefinition, log: Logger) => CustomTransportStrategy;
  /** What else has to be there for the service to do its work: rejects with the reason while it is not. */
  ready?: () => Promise<void>;
  busServer: (definition: ServiceDefinition, database: Database, log: Logger, metrics: Metrics) => CustomTransportStrategy;
}

/** Injection token of the RpcClient. */
export const RPC_CLIENT = Symbol('RpcClient');
/** Injection token of the service's pino logger. */
export const LOG = Symbol('Log');
/** Injection token of `Platform['key']`. */
export const KEYS = Symbol('Keys');
/** Injection token of the environment the process was started with. */
export const ENVIRONMENT = Symbol('Environment');
/** Injection token of `Platform['instance']`; null where services share a process. */
export const INSTANCE = Symbol('Instance');
