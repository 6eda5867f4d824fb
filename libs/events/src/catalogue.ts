import { agentTypingChanged } from './events/agent-typing-changed';
import { contactChanged } from './events/contact-changed';
import { conversationClosed } from './events/conversation-closed';
import { conversationOpened } from './events/conversation-opened';
import { conversationReopened } from './events/conversation-reopened';
import { conversationUpdated } from './events/conversation-updated';
import { deliveryReported } from './events/delivery-reported';
import { inboundReceived } from './events/inbound-received';
import { messageRecorded } from './events/message-recorded';
import { messageUpdated } from './events/message-updated';
import { offerEnded } from './events/offer-ended';
import { offerMade } from './events/offer-made';
import { outboundRequested } from './events/outbound-requested';
import { personChanged } from './events/person-changed';
import { presenceChanged } from './events/presence-changed';
import { queueChanged } from './events/queue-changed';
import { sessionRevoked } from './events/session-revoked';
import { tenantChanged } from './events/tenant-changed';
import { typingChanged } from './events/typing-changed';
import { workChanged } from './events/work-changed';

/** Every event there is; a new event is a new file and a line here. */
export const catalogue = [
  agentTypingChanged,
  contactChanged,
  conversationClosed,
  conversationOpened,
  conversationReopened,
  conversationUpdated,
  deliveryReported,
  inboundReceived,
  messageRecorded,
  messageUpdated,
  offerEnded,
  offerMade,
  outboundRequested,
  personChanged,
  presenceChanged,
  queueChanged,
  sessionRevoked,
  tenantChanged,
  typingChanged,
  workChanged,
] as const;

/** Names of all events. */
export type EventType = (typeof catalogue)[number]['type'];
