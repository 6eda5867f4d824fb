import { type Migration, operatorTable, tenantTable } from '@cordboard/persistence';

export const createIdentity: Migration = {
  id: '20261123-create-identity',
  up: `
  create table identity.operator (
    id uuid primary key, name text not null, created_at timestamptz not null default now()
  );
  ${operatorTable('identity', 'operator')}

  create table identity.tenant (
    tenant_id uuid primary key, operator_id uuid not null references identity.operator (id), slug text not null unique,
    profile jsonb not null, version int not null default 1, created_at timestamptz not null default now()
  );
  ${tenantTable('identity', 'tenant')}

  create table identity.person (
    id uuid primary key, operator_id uuid not null references identity.operator (id),
    email text not null, name text not null, language text not null, password_hash text not null,
    chat_capacity int not null, version int not null default 1,
    created_at timestamptz not null default now(), archived_at timestamptz
  );
  create unique index person_email on identity.person (lower(email));
  ${operatorTable('identity', 'person')}

  create table identity.person_grant (
    person_id uuid not null references identity.person (id), tenant_id uuid not null references identity.tenant (tenant_id),
    role text not null check (role in ('agent', 'supervisor', 'tenant_admin')),
    primary key (person_id, tenant_id)
  );
  create index on identity.person_grant (tenant_id);
  ${operatorTable('identity', 'person_grant')}

  create table identity.session (
    id uuid primary key, person_id uuid not null references identity.person (id), token_hash bytea not null unique,
    address text not null, user_agent text not null,
    created_at timestamptz not null default now(), last_used_at timestamptz not null default now(),
    ends_at timestamptz not null, revoked_at timestamptz
  );
  create index on identity.session (person_id) where revoked_at is null;
  ${operatorTable('identity', 'session')}

  create table identity.sign_in_attempt (
    id uuid primary key, account text not null, address text not null,
    failed boolean not null default false, at timestamptz not null default now()
  );
  create index on identity.sign_in_attempt (account, at);
  create index on identity.sign_in_attempt (address, at) where failed;
  create index on identity.sign_in_attempt (at);
  ${operatorTable('identity', 'sign_in_attempt')}

  create table identity.audit (
    id uuid primary key, operator_id uuid not null, tenant_id uuid, person_id uuid, action text not null,
    detail jsonb not null default '{}', at timestamptz not null default now()
  );
  create index on identity.audit (operator_id, at);
  ${operatorTable('identity', 'audit')}
  revoke update, delete on identity.audit from cordboard_identity;
  `,
};
