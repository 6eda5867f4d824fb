import type { PersonShape, Role } from '@cordboard/events';

/** A person with their grants, as `personColumns` reads them. */
export interface PersonRow {
  id: string;
  operator_id: string;
  email: string;
  name: string;
  language: string;
  password_hash: string;
  chat_capacity: number;
  version: number;
  archived_at: Date | null;
  grants: { tenantId: string; role: Role }[];
}

export const personColumns = `p.id, p.operator_id, p.email, p.name, p.language, p.password_hash, p.chat_capacity, p.version, p.archived_at,
  coalesce((select jsonb_agg(jsonb_build_object('tenantId', g.tenant_id, 'role', g.role) order by g.tenant_id)
            from person_grant g where g.person_id = p.id), '[]') as grants`;

export function personOf(row: PersonRow): PersonShape {
  return {
    id: row.id,
    operatorId: row.operator_id,
    email: row.email,
    name: row.name,
    language: row.language,
    grants: row.grants,
    chatCapacity: row.chat_capacity,
    archivedAt: row.archived_at?.toISOString() ?? null,
  };
}
