import type { Tx } from '@cordboard/persistence';
import { v7 as uuidv7 } from 'uuid';

/** Where a customer turns to us from: one identity on one channel of one tenant. */
export interface Sender {
  tenantId: string;
  channel: string;
  value: string;
}

/** An identity with its contact, both as they stand while the contact is locked. */
export interface Known {
  tenantId: string;
  channel: string;
  value: string;
  identityId: string;
  contact: LockedContact;
}

export interface LockedContact {
  id: string;
  tenantId: string;
  name: string | null;
  language: string | null;
  version: number;
  lastClosedId: string | null;
  createdAt: Date;
}

interface KnownRow {
  tenant_id: string;
  channel: string;
  value: string;
  identity_id: string;
  contact_id: string;
  name: string | null;
  language: string | null;
  version: number;
  last_closed_id: string | null;
  created_at: Date;
}

const senders = 'unnest($1::uuid[], $2::text[], $3::text[]) as w(tenant_id, channel, value)';
const theirIdentity = `cross join lateral (
        select i.id as identity_id, i.contact_id from identity i
        where i.tenant_id = w.tenant_id and i.channel = w.channel and i.value = w.value limit 1
      ) i`;

/**
 * Statements of the inbound path that find a contact by sender; $1 tenants, $2 channels, $3 values. Each look-up is a
 * `lateral … limit 1`: see `ledger.sql.ts` for why.
 */
export const contactSql = {
  /**
   * Locks the contacts in the one order (tenant, id): from here on nobody else opens or closes a conversation of theirs.
   * Which they are is noted in the transaction for the statement that goes out behind this one.
   */
  lock: {
    name: 'inbox-lock-contacts',
    text: `with locked as materialized (
        select f.tenant_id, f.channel, f.value, f.identity_id, k.id as contact_id, k.name, k.language, k.version,
          k.last_closed_id, k.created_at
        from (select w.*, i.* from ${senders} ${theirIdentity} order by w.tenant_id, i.contact_id) f
        cross join lateral (
          select * from contact k where k.tenant_id = f.tenant_id and k.id = f.contact_id limit 1 for no key update
        ) k
      ), noted as (
        select set_config('inbox.locked_contacts', coalesce(string_agg(tenant_id || ' ' || contact_id, ','), ''), true) from locked
      )
      select locked.* from locked cross join noted`,
  },

  /** Of senders asking for the same identity at once one makes the contact, the others find it. */
  create: {
    name: 'inbox-create-contacts',
    text: `with wanted as (
        select * from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::text[], $7::text[])
          as w(tenant_id, channel, value, identity_id, contact_id, name, language)
      ), made as (
        insert into identity (tenant_id, id, channel, value, contact_id)
        select tenant_id, identity_id, channel, value, contact_id from wanted order by tenant_id, channel, value
        on conflict (tenant_id, channel, value) do nothing
        returning contact_id
      )
      insert into contact (tenant_id, id, name, language)
      select w.tenant_id, w.contact_id, w.name, w.language from made join wanted w using (contact_id)
      returning id`,
  },

  /**
   * Locks the open conversations of the contacts that `lock` has just locked, in the one order (tenant, id). It must not
   * look by sender again: an identity made in between would give a conversation without its contact's lock.
   */
  lockOpenConversations: {
    name: 'inbox-lock-open-conversations',
    text: `select c.*
      from (
        select distinct c.tenant_id, c.id
        from unnest(string_to_array(current_setting('inbox.locked_contacts', true), ',')) as contact
        cross join lateral (
          select c.tenant_id, c.id from conversation c
          where c.tenant_id = split_part(contact, ' ', 1)::uuid and c.contact_id = split_part(contact, ' ', 2)::uuid and c.state = 'open'
          limit 1
        ) c
        order by c.tenant_id, c.id
      ) f
      cross join lateral (
        select * from conversation c where c.tenant_id = f.tenant_id and c.id = f.id limit 1 for no key update
      ) c`,
  },

  /** $4 the providers' ids of the messages: which of them stand in a timeline already. */
  recorded: {
    name: 'inbox-recorded-messages',
    text: `select i.identity_id, e.external_id
      from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as w(tenant_id, channel, value, external_id)
      ${theirIdentity}
      cross join lateral (
        select e.external_id from entry e
        where e.tenant_id = w.tenant_id and e.identity_id = i.identity_id and e.external_id = w.external_id limit 1
      ) e`,
  },

  update: {
    text: `update contact k set name = r.name, language = r.language, version = r.version
      from json_to_recordset($1) as r(tenant_id uuid, id uuid, name text, language text, version int)
      where k.tenant_id = r.tenant_id and k.id = r.id`,
  },

  identities: {
    text: `select i.tenant_id, i.contact_id, i.channel, i.value
      from unnest($1::uuid[], $2::uuid[]) as w(tenant_id, contact_id)
      join identity i on i.tenant_id = w.tenant_id and i.contact_id = w.contact_id
      order by i.id`,
  },

  /** Remembers which conversation of a contact closed last: the next one links to it. */
  setLastClosed: {
    name: 'inbox-set-last-closed',
    text: 'update contact set last_closed_id = $3 where tenant_id = $1 and id = $2',
  },
};

export const senderColumns = (of: readonly Sender[]) => [
  of.map((sender) => sender.tenantId),
  of.map((sender) => sender.channel),
  of.map((sender) => sender.value),
];

function knownOf(row: KnownRow): Known {
  return {
    tenantId: row.tenant_id,
    channel: row.channel,
    value: row.value,
    identityId: row.identity_id,
    contact: {
      id: row.contact_id,
      tenantId: row.tenant_id,
      name: row.name,
      language: row.language,
      version: row.version,
      lastClosedId: row.last_closed_id,
      createdAt: row.created_at,
    },
  };
}

/** Locks the contacts of the senders that have one. */
export async function lockContacts(tx: Tx, of: readonly Sender[]): Promise<Known[]> {
  const rows = await tx.query<KnownRow>({ ...contactSql.lock, values: senderColumns(of) });
  return rows.map(knownOf);
}

/** Makes a contact with its identity for each sender that has none. Resolves to the ids of the contacts made. */
export async function createContacts(
  tx: Tx,
  of: readonly (Sender & { name: string | null; language: string | null })[],
): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>({
    ...contactSql.create,
    values: [
      ...senderColumns(of),
      of.map(() => uuidv7()),
      of.map(() => uuidv7()),
      of.map((sender) => sender.name),
      of.map((sender) => sender.language),
    ],
  });
  return new Set(rows.map((row) => row.id));
}
