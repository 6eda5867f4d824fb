import type { SchemaMigrations } from '@cordboard/persistence';
import { createIdentity } from './20261123-create-identity';

export const migrations: SchemaMigrations = { schema: 'identity', migrations: [createIdentity] };
