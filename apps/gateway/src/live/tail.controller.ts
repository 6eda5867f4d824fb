import { type EventOf, isEvent, OnTail, OnTailBatch } from '@cordboard/event-bus';
import {
  agentTypingChanged,
  conversationClosed,
  conversationOpened,
  conversationReopened,
  conversationUpdated,
  messageRecorded,
  messageUpdated,
  offerEnded,
  offerMade,
  personChanged,
  presenceChanged,
  sessionRevoked,
  typingChanged,
} from '@cordboard/events';
import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Sessions } from '../session/sessions';
import { Sockets } from '../sockets/sockets';
import { ConversationFeed } from './conversation-feed';
import { LiveHub } from './live-hub';
import { People } from './people';
import { Typing } from './typing';

type ConversationEvents =
  | EventOf<typeof conversationOpened>
  | EventOf<typeof conversationUpdated>
  | EventOf<typeof conversationClosed>
  | EventOf<typeof conversationReopened>
  | EventOf<typeof messageRecorded>
  | EventOf<typeof messageUpdated>;

/** What the gateway hears from the bus, in every replica. */
@Controller()
export class TailController {
  constructor(
    private readonly conversations: ConversationFeed,
    private readonly typing: Typing,
    private readonly hub: LiveHub,
    private readonly people: People,
    private readonly sessions: Sessions,
    private readonly sockets: Sockets,
  ) {}

  @OnTailBatch([conversationOpened, conversationUpdated, conversationClosed, conversationReopened, messageRecorded, messageUpdated])
  conversation(@Payload() events: ConversationEvents[]): void {
    for (const event of events) this.conversations.handle(event);
  }

  @OnTail([offerMade, offerEnded])
  offer(@Payload() event: EventOf<typeof offerMade> | EventOf<typeof offerEnded>): void {
    const offer = event.data;
    const ending = isEvent(offerEnded, event) ? event.data.ending : null;
    const to = { channels: [offer.agentId], tenantIds: [offer.tenantId], traceparent: event.traceparent };
    this.hub.publish({ field: 'offerEvents', ...to, payload: () => ({ offer, ending }) });
  }

  @OnTail(presenceChanged)
  presence(@Payload() { data, traceparent }: EventOf<typeof presenceChanged>): void {
    const tenantIds = this.people.tenantsOf(data.personId);
    this.hub.publish({ field: 'presenceEvents', channels: ['all'], tenantIds, traceparent, payload: () => data });
  }

  @OnTail(typingChanged)
  customerTyping(@Payload() event: EventOf<typeof typingChanged>): void {
    this.typing.customer(event);
  }

  @OnTail(agentTypingChanged)
  colleagueTyping(@Payload() event: EventOf<typeof agentTypingChanged>): void {
    this.typing.colleague(event);
  }

  @OnTail(sessionRevoked)
  async sessionRevoked(@Payload() { data }: EventOf<typeof sessionRevoked>): Promise<void> {
    await this.sessions.forget((session) => session.actor.sessionId === data.sessionId);
    this.sockets.closeSession(data.sessionId);
  }

  @OnTail(personChanged)
  async personChanged(@Payload() { data }: EventOf<typeof personChanged>): Promise<void> {
    this.people.learn([data]);
    await this.sessions.forget((session) => session.actor.personId === data.id);
    this.sockets.closeWhereChanged(data);
  }
}
