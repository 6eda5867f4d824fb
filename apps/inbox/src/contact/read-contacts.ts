import type { Tx } from '@cordboard/persistence';
import { contactSql } from './contact.store';

interface ContactRow {
  tenant_id: string;
  id: string;
  name: string | null;
  language: string | null;
  created_at: Date;
}

/** Contacts with their identities, in the order asked for; null where there is none. */
export async function getContacts(tx: Tx, refs: readonly { tenantId: string; contactId: string }[]) {
  const values = [refs.map((ref) => ref.tenantId), refs.map((ref) => ref.contactId)];
  const [contacts, identities] = await Promise.all([
    tx.query<ContactRow>({
      text: `select k.tenant_id, k.id, k.name, k.language, k.created_at
        from unnest($1::uuid[], $2::uuid[]) as w(tenant_id, id) join contact k on k.tenant_id = w.tenant_id and k.id = w.id`,
      values,
    }),
    tx.query<{ contact_id: string; channel: string; value: string }>({ ...contactSql.identities, values }),
  ]);
  return refs.map(({ tenantId, contactId }) => {
    const contact = contacts.find((row) => row.id === contactId && row.tenant_id === tenantId);
    if (!contact) return null;
    const own = new Map(identities.filter((row) => row.contact_id === contactId).map((row) => [`${row.channel} ${row.value}`, row]));
    return {
      id: contact.id,
      tenantId,
      name: contact.name,
      language: contact.language,
      createdAt: contact.created_at.toISOString(),
      identities: [...own.values()].map(({ channel, value }) => ({ channel, value })),
    };
  });
}
