import { agentTypingChanged, type DataOf, type Envelope, newEvent, type typingChanged } from '@cordboard/events';
import { Database } from '@cordboard/persistence';
import { firstName } from '@cordboard/rpc';
import { Injectable } from '@nestjs/common';
import type { SignedInContext } from '../schema/gateway-context';
import { Heads } from './heads';
import { LiveHub } from './live-hub';

export const assignedTo = (personId: string) => `assigned:${personId}`;
export const inConversation = (conversationId: string) => `conversation:${conversationId}`;

/** Who is writing: the viewer's own goes out as an event, everybody else's comes back to the screens. */
@Injectable()
export class Typing {
  constructor(
    private readonly hub: LiveHub,
    private readonly heads: Heads,
    private readonly database: Database,
  ) {}

  async set(input: { tenantId: string; conversationId: string; typing: boolean }, context: SignedInContext): Promise<void> {
    const { tenantId, conversationId, typing } = input;
    const known = this.heads.get(tenantId, conversationId) ?? (await context.loaders.conversations.load({ tenantId, conversationId }));
    if (known?.state !== 'open') return;
    const { personId, name } = context.session.actor;
    const origin = { source: 'gateway', tenantId, traceparent: context.traceparent };
    const data = { conversationId, channel: known.channel, identity: known.identity, personId, personName: firstName(name), typing };
    await this.database.system(async (tx) => tx.publish(newEvent(agentTypingChanged, origin, data)));
  }

  /** A customer writes. Until the first answer the channel knows no conversation, but we may. */
  customer({ data, tenantid, traceparent }: Envelope<DataOf<typeof typingChanged>>): void {
    const head = data.conversationId
      ? this.heads.get(tenantid, data.conversationId)
      : this.heads.ofIdentity(tenantid, data.channel, data.identity);
    const conversationId = data.conversationId ?? head?.id;
    if (!conversationId) return;
    this.publish(tenantid, { conversationId, name: head?.contactName ?? null, customer: true, typing: data.typing }, { traceparent });
  }

  colleague({ data, tenantid, traceparent }: Envelope<DataOf<typeof agentTypingChanged>>): void {
    const { conversationId, personId, personName: name, typing } = data;
    this.publish(tenantid, { conversationId, name, customer: false, typing }, { traceparent, exceptPersonId: personId });
  }

  private publish(
    tenantId: string,
    typing: { conversationId: string; name: string | null; customer: boolean; typing: boolean },
    how: { traceparent?: string; exceptPersonId?: string },
  ): void {
    const assigneeId = this.heads.get(tenantId, typing.conversationId)?.assigneeId;
    const channels = [inConversation(typing.conversationId), ...(assigneeId ? [assignedTo(assigneeId)] : [])];
    this.hub.publish({ ...how, field: 'typingEvents', channels, tenantIds: [tenantId], payload: () => ({ tenantId, ...typing }) });
  }
}
