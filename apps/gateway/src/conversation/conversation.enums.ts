import type { Channel, ConversationHead, DeliveryStatus, Entry, SystemLine, WorkState } from '@cordboard/events';
import { graphqlEnum } from '../schema/graphql-enum';

export const ChannelEnum = graphqlEnum<Channel>('Channel', 'How the customer reaches the tenant.', {
  WEBCHAT: "The chat on the tenant's site.",
});

export const ConversationStateEnum = graphqlEnum<ConversationHead['state']>('ConversationState', 'Whether the episode is still going on.', {
  OPEN: 'The customer turned to the tenant and nobody has closed it yet.',
  CLOSED: 'Closed with a reason and an outcome.',
});

export const WorkStateEnum = graphqlEnum<WorkState>('WorkState', 'Where routing has the work of a conversation.', {
  QUEUED: 'Waits for an agent.',
  OFFERED: 'Rings at an agent, who has not answered yet.',
  ACTIVE: 'An agent has it.',
  DONE: 'Nothing is left to do.',
});

export const EntryKindEnum = graphqlEnum<Entry['kind']>('EntryKind', 'What an entry of the timeline is.', {
  MESSAGE: 'Said by the customer or to the customer.',
  NOTE: 'Internal; the customer never sees it.',
  SYSTEM: 'A quiet line on what happened, to be worded from `system`.',
});

export const AuthorEnum = graphqlEnum<Entry['author']>('Author', 'Whose words they are.', {
  CUSTOMER: 'The customer.',
  AGENT: 'Somebody of the operator.',
  SYSTEM: 'Cordboard itself.',
});

export const DeliveryStatusEnum = graphqlEnum<DeliveryStatus>(
  'DeliveryStatus',
  'How far a message to the customer has come; it only moves forward.',
  {
    PENDING: 'Written down here, not yet with the channel.',
    SENT: 'The channel has it.',
    DELIVERED: "It is on the customer's device.",
    READ: 'The customer has seen it.',
    FAILED: 'It will not arrive; it may be sent again.',
    UNKNOWN: 'Nobody can tell whether it arrived; a person decides whether to send it again.',
  },
);

export const SystemCodeEnum = graphqlEnum<SystemLine['code']>('SystemCode', 'What a quiet line of the timeline tells.', {
  OPENED: 'The conversation opened.',
  OFFERED: 'It was offered to an agent.',
  ACCEPTED: 'The agent accepted.',
  DECLINED: 'The agent declined.',
  EXPIRED: 'The offer ran out unanswered.',
  WITHDRAWN: 'The offer was taken back.',
  TAKEN: 'Somebody took the conversation without an offer.',
  TRANSFERRED: 'It was handed to another agent.',
  REQUEUED: 'It went back to the queue.',
  CLOSED: 'It was closed.',
  REOPENED: 'The closing was undone.',
});

export type ConversationScope = 'mine' | 'waiting' | 'all';
export const ConversationScopeEnum = graphqlEnum<ConversationScope>(
  'ConversationScope',
  'Which conversations a list or subscription is about.',
  {
    MINE: 'Those the viewer has.',
    WAITING: 'Those nobody has yet: queued or ringing.',
    ALL: "Every conversation of the viewer's tenants.",
  },
);
