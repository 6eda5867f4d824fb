import type { SchemaMigrations } from '@cordboard/persistence';
import { createRouting } from './20261123-create-routing';

/** Schema `routing`: work items, queues, offers, agents at work and their leases. */
export const migrations: SchemaMigrations = { schema: 'routing', migrations: [createRouting] };
