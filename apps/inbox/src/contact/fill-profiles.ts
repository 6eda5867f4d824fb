import type { EventOf } from '@cordboard/event-bus';
import type { inboundReceived } from '@cordboard/events';
import type { Tx } from '@cordboard/persistence';
import { cleanText } from '../clean-text';
import type { Ledger } from '../ledger/ledger';
import { contactSql, type Known, type LockedContact } from './contact.store';

/**
 * Puts what the channel told of a customer into fields of the contact that are still empty (what an agent has written
 * is never overwritten), and announces contacts that are new or changed.
 */
export async function fillProfiles(
  tx: Tx,
  ledger: Ledger,
  seen: readonly { known: Known; event: EventOf<typeof inboundReceived> }[],
  created: ReadonlySet<string>,
): Promise<void> {
  const contacts = new Map<string, LockedContact>();
  const filled = new Set<LockedContact>();
  const traces = new Map<string, string | undefined>();
  for (const { known, event } of seen) {
    const contact = contacts.get(known.contact.id) ?? known.contact;
    known.contact = contact;
    contacts.set(contact.id, contact);
    if (!traces.has(contact.id)) traces.set(contact.id, event.traceparent);
    const { name, language } = event.data.profile;
    if (!(name && contact.name === null) && !(language && contact.language === null)) continue;
    contact.name ??= name && cleanText(name);
    contact.language ??= language && cleanText(language);
    filled.add(contact);
  }
  const grown = [...filled].filter((contact) => !created.has(contact.id));
  for (const contact of grown) contact.version += 1;
  if (filled.size > 0) await tx.execute({ ...contactSql.update, values: [JSON.stringify([...filled].map(contactRow))] });
  const changed = [...contacts.values()].filter((contact) => created.has(contact.id) || filled.has(contact));
  if (changed.length === 0) return;
  const identities = await readIdentities(tx, changed);
  for (const contact of changed) {
    const { id, tenantId, name, language, version } = contact;
    const payload = {
      id,
      tenantId,
      name,
      language,
      version,
      identities: identities.get(id) ?? [],
      createdAt: contact.createdAt.toISOString(),
    };
    ledger.announceContact(payload, traces.get(id));
  }
}

async function readIdentities(tx: Tx, contacts: readonly LockedContact[]): Promise<Map<string, { channel: string; value: string }[]>> {
  const rows = await tx.query<{ contact_id: string; channel: string; value: string }>({
    ...contactSql.identities,
    values: [contacts.map((contact) => contact.tenantId), contacts.map((contact) => contact.id)],
  });
  const found = new Map<string, { channel: string; value: string }[]>();
  for (const { contact_id, channel, value } of rows) found.set(contact_id, [...(found.get(contact_id) ?? []), { channel, value }]);
  return found;
}

const contactRow = ({ tenantId, id, name, language, version }: LockedContact) => ({ tenant_id: tenantId, id, name, language, version });
