import { Database, rolePassword, serviceRole } from '@cordboard/persistence';
import type { ServiceDefinition } from '@cordboard/service-kit';
import type { Logger } from 'pino';

/** Where a service's database is; the instance, where there is one, stands in every event published through it. */
export interface DatabaseAccess {
  /** Without user and password. */
  url: string;
  masterKey: Buffer;
  instance?: string;
}

/** Opens the database as the service's own role. */
export function openDatabase(definition: Pick<ServiceDefinition, 'name' | 'poolSize'>, access: DatabaseAccess, log: Logger): Database {
  const role = serviceRole(definition.name);
  return new Database({
    url: access.url,
    role,
    password: rolePassword(access.masterKey, role),
    name: definition.name,
    poolSize: definition.poolSize ?? 6,
    instance: access.instance,
    onError: (error) => log.warn({ err: error }, 'A database connection was lost; it is opened again when needed'),
  });
}
