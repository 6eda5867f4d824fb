import type { EventOf } from '@cordboard/event-bus';
import type { inboundReceived } from '@cordboard/events';
import { poison, type Tx } from '@cordboard/persistence';
import { v7 as uuidv7 } from 'uuid';
import { cleanText } from '../clean-text';
import { contactSql, createContacts, type Known, lockContacts, type Sender, senderColumns } from '../contact/contact.store';
import { fillProfiles } from '../contact/fill-profiles';
import { conversationChanges } from '../conversation/conversation.changes';
import { type Conversation, type ConversationRow, conversationOf } from '../conversation/conversation.row';
import { Ledger, readClock } from '../ledger/ledger';

type Inbound = EventOf<typeof inboundReceived>;

/** What stands in the database about the senders of a batch, read under their contacts' locks. */
interface Ground {
  known: Map<string, Known>;
  /** By contact. */
  open: Map<string, Conversation>;
  /** Keys of messages that are recorded already. */
  recorded: Set<string>;
  /** The database's clock after the locks were granted. */
  at: Date;
}

const senderOf = (event: Inbound): Sender => ({ tenantId: event.tenantid, channel: event.data.channel, value: event.data.identity });
const senderKey = (sender: Sender) => `${sender.tenantId} ${sender.channel} ${sender.value}`;
const messageKey = (identityId: string, externalId: string) => `${identityId} ${externalId}`;

/**
 * Writes a batch of customers' messages down: a contact for who is new, a conversation for who has none open, an entry
 * for each message, in the order of the batch.
 *
 * One flush reads the ground: it locks the contacts (so that nobody else opens or closes their
 * conversations), then locks their open conversations, then looks which messages are recorded, each statement seeing
 * what was committed before its locks were granted. Only senders never seen before cost a second flush. All else
 * happens in memory and goes back in one more.
 *
 * A message counts once by (identity, external id), whatever event brings it and whatever conversation is open by then.
 */
export async function recordInbound(tx: Tx, events: readonly Inbound[]): Promise<void> {
  const { ground, created } = await readGround(tx, events);
  const ledger = new Ledger(tx, ground.at);
  await fillProfiles(
    tx,
    ledger,
    events.map((event) => ({ known: knownOf(ground, event), event })),
    created,
  );
  for (const event of events) recordOne(ledger, ground, event);
  ledger.save();
}

function recordOne(ledger: Ledger, ground: Ground, event: Inbound): void {
  const { contact, identityId } = knownOf(ground, event);
  const { externalId, page, occurredAt } = event.data;
  const key = messageKey(identityId, externalId);
  if (ground.recorded.has(key)) return;
  poison('inbox-poison', event.data.text);
  ground.recorded.add(key);
  let conversation = ground.open.get(contact.id);
  if (!conversation) {
    conversation = newConversation(event, contact, ledger.at);
    ground.open.set(contact.id, conversation);
    ledger.open(conversation);
  }
  conversation.contactName = contact.name;
  const written = conversation;
  const text = cleanText(event.data.text);
  ledger.record(
    written,
    { kind: 'message', author: 'customer', authorName: contact.name, text, occurredAt, origin: { identityId, externalId } },
    event.traceparent,
    (entry) => conversationChanges.customerWrote(written, entry, page && { url: cleanText(page.url), title: cleanText(page.title) }),
  );
}

async function readGround(tx: Tx, events: readonly Inbound[]): Promise<{ ground: Ground; created: Set<string> }> {
  const ground: Ground = { known: new Map(), open: new Map(), recorded: new Set(), at: new Date(0) };
  await look(tx, events, ground);
  const strangers = events.filter((event) => !ground.known.has(senderKey(senderOf(event))));
  if (strangers.length === 0) return { ground, created: new Set() };
  const first = new Map<string, Inbound>();
  for (const event of strangers) if (!first.has(senderKey(senderOf(event)))) first.set(senderKey(senderOf(event)), event);
  const wanted = [...first.values()].map((event) => ({
    ...senderOf(event),
    name: event.data.profile.name && cleanText(event.data.profile.name),
    language: event.data.profile.language && cleanText(event.data.profile.language),
  }));
  const [created] = await Promise.all([createContacts(tx, wanted), look(tx, strangers, ground)]);
  return { ground, created };
}

async function look(tx: Tx, events: readonly Inbound[], into: Ground): Promise<void> {
  const senders = [...new Map(events.map((event) => [senderKey(senderOf(event)), senderOf(event)])).values()];
  const externalIds = events.map((event) => event.data.externalId);
  const [known, open, recorded, at] = await Promise.all([
    lockContacts(tx, senders),
    tx.query<Omit<ConversationRow, 'contact_name'>>(contactSql.lockOpenConversations),
    tx.query<{ identity_id: string; external_id: string }>({
      ...contactSql.recorded,
      values: [...senderColumns(events.map(senderOf)), externalIds],
    }),
    readClock(tx),
  ]);
  into.at = at;
  for (const one of known) into.known.set(senderKey(one), one);
  const names = new Map(known.map(({ contact }) => [contact.id, contact.name]));
  for (const row of open) {
    const contact_name = names.get(row.contact_id) ?? null;
    if (!into.open.has(row.contact_id)) into.open.set(row.contact_id, conversationOf({ ...row, contact_name }));
  }
  for (const row of recorded) into.recorded.add(messageKey(row.identity_id, row.external_id));
}

function knownOf(ground: Ground, event: Inbound): Known {
  const known = ground.known.get(senderKey(senderOf(event)));
  if (!known) throw new Error(`The identity of inbound event ${event.id} is neither found nor made.`);
  return known;
}

function newConversation(event: Inbound, contact: Known['contact'], at: Date): Conversation {
  const openedAt = at.toISOString();
  return {
    id: uuidv7(),
    tenantId: event.tenantid,
    contactId: contact.id,
    contactName: contact.name,
    channel: event.data.channel,
    identity: event.data.identity,
    state: 'open',
    rev: 0,
    lastSeq: 0,
    inboundRev: 0,
    stateRev: 0,
    openedAt,
    closedAt: null,
    reasonId: null,
    outcomeId: null,
    previousId: contact.lastClosedId,
    lastLine: '',
    lastAuthor: 'customer',
    lastAt: new Date(0).toISOString(),
    unansweredSince: null,
    inboundCount: 0,
    workState: 'queued',
    workVersion: 0,
    assigneeId: null,
    queueId: null,
    page: null,
  };
}
