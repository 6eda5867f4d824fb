/** The operations the agents' window sends, field for field, so that a load costs the gateway what a window would. */
const entryFields = `id conversationId seq rev kind author authorId authorName text clientId status
  system { code personId personName durationMs detail } occurredAt recordedAt`;
const headFields = `id tenantId contactId contactName channel state rev openedAt closedAt reasonId outcomeId previousId
  lastLine lastAuthor lastAt unansweredSince inboundCount workState workVersion assigneeId queueId page { url title }`;
const conversationFields = `${headFields} readCount`;
const offerFields = 'id tenantId conversationId queueId agentId channel token contactName preview enqueuedAt madeAt deadline';
const presenceFields = 'personId status reason since load capacity version';
const refusal = '... on Refusal { code message }';
const movedOn = `... on ConversationMovedOn { conversation { ${conversationFields} } }`;

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

export const documents = {
  signIn: oneLine(`mutation SignIn($input: SignInInput!) { signIn(input: $input) {
    ... on SignedIn { viewer { id tenants { id slug reasons { id } outcomes { id } } } } ... on SignInRefused { code message retryAfterMs } } }`),
  conversationEvents: oneLine(`subscription ConversationEvents($scope: ConversationScope!) { conversationEvents(scope: $scope) {
    conversation { ${headFields} } entry { ${entryFields} } left } }`),
  offerEvents: oneLine(`subscription OfferEvents { offerEvents { offer { ${offerFields} } ending } }`),
  offers: oneLine(`query Offers { offers { ${offerFields} } }`),
  conversation: oneLine(
    `query Conversation($tenantId: ID!, $id: ID!) { conversation(tenantId: $tenantId, id: $id) { ${conversationFields} } }`,
  ),
  conversations: oneLine(`query Conversations($filter: ConversationFilter!, $first: Int = 50, $after: String) {
    conversations(filter: $filter, first: $first, after: $after) { edges { cursor node { ${conversationFields} } } pageInfo { hasNextPage endCursor } } }`),
  timeline: oneLine(`query Timeline($tenantId: ID!, $conversationId: ID!, $afterRev: Int, $beforeSeq: Int, $first: Int = 60) {
    timeline(tenantId: $tenantId, conversationId: $conversationId, afterRev: $afterRev, beforeSeq: $beforeSeq, first: $first) {
      entries { ${entryFields} } rev hasMore } }`),
  acceptOffer: oneLine(`mutation AcceptOffer($input: AcceptOfferInput!) { acceptOffer(input: $input) {
    ... on ConversationPayload { conversation { ${conversationFields} } } ${refusal} ... on OfferGone { takenBy } } }`),
  sendMessage: oneLine(`mutation SendMessage($input: SendMessageInput!) { sendMessage(input: $input) {
    ... on EntryPayload { entry { ${entryFields} } conversation { ${conversationFields} } } ${refusal} ${movedOn} } }`),
  closeConversation: oneLine(`mutation CloseConversation($input: CloseConversationInput!) { closeConversation(input: $input) {
    ... on ConversationPayload { conversation { ${conversationFields} } } ${refusal} ${movedOn} } }`),
  takeConversation: oneLine(`mutation TakeConversation($input: TakeConversationInput!) { takeConversation(input: $input) {
    ... on ConversationPayload { conversation { ${conversationFields} } } ${refusal} ... on WorkMovedOn { assigneeName } } }`),
  transferConversation: oneLine(`mutation TransferConversation($input: TransferConversationInput!) { transferConversation(input: $input) {
    ... on ConversationPayload { conversation { ${conversationFields} } } ${refusal} ... on WorkMovedOn { assigneeName } } }`),
  setPresence: oneLine(`mutation SetPresence($input: SetPresenceInput!) { setPresence(input: $input) {
    ... on PresencePayload { presence { ${presenceFields} } } ${refusal} } }`),
} as const;

export type DocumentName = keyof typeof documents;

/** What a drive reads of a conversation. */
export interface ConversationView {
  id: string;
  tenantId: string;
  state: 'OPEN' | 'CLOSED';
  rev: number;
  workState: 'QUEUED' | 'OFFERED' | 'ACTIVE' | 'DONE';
  workVersion: number;
  assigneeId: string | null;
}

export interface EntryView {
  id: string;
  seq: number;
  rev: number;
  kind: 'MESSAGE' | 'NOTE' | 'SYSTEM';
  author: 'CUSTOMER' | 'AGENT' | 'SYSTEM';
  text: string;
  clientId: string | null;
}

export interface OfferView {
  id: string;
  tenantId: string;
  conversationId: string;
  agentId: string;
  token: number;
  preview: string;
  deadline: string;
}

export interface Refused {
  code: string;
  message: string;
  conversation?: ConversationView;
  takenBy?: string | null;
  assigneeName?: string | null;
}
