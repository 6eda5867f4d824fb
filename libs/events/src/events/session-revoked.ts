import { z } from 'zod';
import { defineEvent } from '../define-event';

export const sessionRevoked = defineEvent({
  type: 'session.revoked',
  topic: 'session.v1',
  doc: "Published when a session ends by sign-out or revocation; sockets of the session close; `tenantid` is the operator's.",
  schema: z.object({ sessionId: z.uuid(), personId: z.uuid() }),
  subject: (data) => data.sessionId,
  key: (data) => `person:${data.personId}`,
});
