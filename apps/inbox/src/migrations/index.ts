import type { SchemaMigrations } from '@cordboard/persistence';
import { openTheLedger } from './20261123-open-the-ledger';

/** The inbox's schema, step by step. */
export const migrations: SchemaMigrations = { schema: 'inbox', migrations: [openTheLedger] };
