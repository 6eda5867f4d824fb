import type { Tx } from '@cordboard/persistence';
import { v7 as uuidv7 } from 'uuid';

export interface AuditRow {
  operatorId: string;
  tenantId?: string;
  personId?: string;
  action: 'signed-in' | 'sign-in-refused' | 'signed-out' | 'signed-out-everywhere' | 'person-provisioned' | 'tenant-provisioned';
  detail?: Record<string, unknown>;
}

/** Writes what happened in the transaction in which it happened. */
export async function audit(tx: Tx, row: AuditRow): Promise<void> {
  await tx.execute('insert into audit (id, operator_id, tenant_id, person_id, action, detail) values ($1, $2, $3, $4, $5, $6)', [
    uuidv7(),
    row.operatorId,
    row.tenantId ?? null,
    row.personId ?? null,
    row.action,
    JSON.stringify(row.detail ?? {}),
  ]);
}
