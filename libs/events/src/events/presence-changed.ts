import { defineEvent } from '../define-event';
import { agentPresenceSchema } from '../shapes/presence';

export const presenceChanged = defineEvent({
  type: 'presence.changed',
  topic: 'presence.v1',
  doc: "Published when an agent's status, reason or load changed; `tenantid` is the operator's.",
  schema: agentPresenceSchema,
  subject: (data) => data.personId,
  key: (data) => `agent:${data.personId}`,
});
