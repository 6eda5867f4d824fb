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

const bySender = 'unnest($1::uuid[], $2::text[], $3::text[]) as w(tenant_id, channel, value)';
const joinIdentity = 'join identity i on i.tenant_id = w.tenant_id and i.channel = w.channel and i.value = w.value';

/** Statements of the inbound path that find a contact by sender; $1 tenants, $2 channels, $3 values. */
export const contactSql = {
  /** Locks the contacts in the one order (tenant, id): from here on nobody else opens or closes a conversation of theirs. */
  lock: {
    name: 'inbox-lock-contacts',
    text: `select i.tenant_id, i.channel, i.value, i.id as identity_id, k.id as contact_id, k.name, k.language, k.version,
        k.last_closed_id, k.created_at
      from ${bySender} ${joinIdentity}
      join contact k on k.tenant_id = i.tenant_id and k.id = i.contact_id
      order by k.tenant_id, k.id
      for no key update of k`,
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

  openConversations: (columns: string) => ({
    name: 'inbox-open-conversations',
    text: `select ${columns}
      from ${bySender} ${joinIdentity}
      join contact k on k.tenant_id = i.tenant_id and k.id = i.contact_id
      join conversation c on c.tenant_id = k.tenant_id and c.contact_id = k.id and c.state = 'open'
      order by c.tenant_id, c.id
      for no key update of c`,
  }),

  /** $4 the providers' ids of the messages: which of them stand in a timeline already. */
  recorded: {
    name: 'inbox-recorded-messages',
    text: `select i.id as identity_id, e.external_id
      from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as w(tenant_id, channel, value, external_id)
      ${joinIdentity}
      cross join lateral (
        select e.external_id from entry e
        where e.tenant_id = i.tenant_id and e.identity_id = i.id and e.external_id = w.external_id limit 1
      ) e`,
  },

  update: {
    name: 'inbox-update-contacts',
    text: `update contact k set name = r.name, language = r.language, version = r.version
      from json_to_recordset($1) as r(tenant_id uuid, id uuid, name text, language text, version int)
      where k.tenant_id = r.tenant_id and k.id = r.id`,
  },

  identities: {
    name: 'inbox-identities',
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

export const senderColumns = (senders: readonly Sender[]) => [
  senders.map((sender) => sender.tenantId),
  senders.map((sender) => sender.channel),
  senders.map((sender) => sender.value),
];

export function knownOf(row: KnownRow): Known {
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
export async function lockContacts(tx: Tx, senders: readonly Sender[]): Promise<Known[]> {
  const rows = await tx.query<KnownRow>({ ...contactSql.lock, values: senderColumns(senders) });
  return rows.map(knownOf);
}

/** Makes a contact with its identity for each sender that has none. Resolves to the ids of the contacts made. */
export async function createContacts(
  tx: Tx,
  senders: readonly (Sender & { name: string | null; language: string | null })[],
): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>({
    ...contactSql.create,
    values: [
      ...senderColumns(senders),
      senders.map(() => uuidv7()),
      senders.map(() => uuidv7()),
      senders.map((sender) => sender.name),
      senders.map((sender) => sender.language),
    ],
  });
  return new Set(rows.map((row) => row.id));
}
