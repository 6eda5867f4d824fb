import type { SchemaMigrations } from '@cordboard/persistence';
import type { Type } from '@nestjs/common';
import type { ConfigClass } from './config';

/** What a service is, for whoever starts it: alone in its process or with all others. */
export interface ServiceDefinition {
  /** Name of the service, its schema and (with `cordboard_`) its database role. */
  name: string;
  module: Type;
  config: ConfigClass;
  /** Its schema; a service that only publishes has one without tables. */
  data: SchemaMigrations;
  /** Path prefixes it answers on the public origin; `/` takes what nobody else does. */
  http?: readonly string[];
  /** Most database connections. */
  poolSize?: number;
}
