import type { SchemaMigrations } from '@cordboard/persistence';
import { openThreads } from './20261123-open-threads';

/** Webchat's schema, step by step. */
export const migrations: SchemaMigrations = { schema: 'webchat', migrations: [openThreads] };
