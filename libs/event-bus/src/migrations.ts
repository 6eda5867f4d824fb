import type { SchemaMigrations } from '@cordboard/persistence';
import { createLog } from './migrations/20261123-create-log';
import { addPartitions } from './migrations/20261124-add-partitions';
import { addOperations } from './migrations/20261125-add-operations';
import { quietenLog } from './migrations/20261126-quieten-log';

/** The log, the groups' positions, dead letters and the functions that are the only way to them. */
export const busMigrations: SchemaMigrations = { schema: 'bus', migrations: [createLog, addPartitions, addOperations, quietenLog] };
