import { permissions, tenantsWith } from '@cordboard/rpc';
import { Args, Context, ID, Resolver, Subscription } from '@nestjs/graphql';
import { Presence } from '../agent/agent.types';
import { type ConversationScope, ConversationScopeEnum } from '../conversation/conversation.enums';
import type { SignedInContext } from '../schema/gateway-context';
import { Requires } from '../session/access';
import { ConversationEvent, OfferEvent, TypingEvent } from './live.types';
import { LiveRequest } from './live-request';
import { People } from './people';
import { mineOf } from './scope-changes';
import { assignedTo, inConversation } from './typing';

@Resolver()
export class LiveResolver {
  constructor(private readonly people: People) {}

  @Requires(permissions.conversationRead)
  @Subscription(() => ConversationEvent, { description: 'Everything that happens in the conversations of a scope.' })
  conversationEvents(
    @Args('scope', { type: () => ConversationScopeEnum, description: 'Mine, waiting or all.' }) scope: ConversationScope,
    @Context() { session }: SignedInContext,
  ) {
    const { actor } = session;
    const permission = scope === 'mine' ? permissions.conversationRead : permissions.conversationReadAll;
    const channel = scope === 'mine' ? mineOf(actor.personId) : scope;
    return new LiveRequest('conversationEvents', [channel], new Set(tenantsWith(actor, permission)));
  }

  @Requires(permissions.workAccept)
  @Subscription(() => OfferEvent, { description: 'What begins and stops ringing at the viewer.' })
  offerEvents(@Context() { session }: SignedInContext) {
    const { actor } = session;
    return new LiveRequest('offerEvents', [actor.personId], new Set(tenantsWith(actor, permissions.workAccept)));
  }

  @Requires(permissions.agentRead)
  @Subscription(() => Presence, { description: 'Changes of presence and load of everybody who shares a tenant with the viewer.' })
  async presenceEvents(@Context() { session, loaders }: SignedInContext) {
    this.people.learn(await loaders.people());
    return new LiveRequest('presenceEvents', ['all'], new Set(tenantsWith(session.actor, permissions.agentRead)));
  }

  @Requires(permissions.conversationRead)
  @Subscription(() => TypingEvent, {
    description: "Customer's and colleagues' typing in conversations of the viewer's tenants that are assigned to the viewer or named.",
  })
  typingEvents(
    @Args('conversationId', { type: () => ID, nullable: true, description: 'A conversation to hear of beside those the viewer has.' })
    conversationId: string | null | undefined,
    @Context() { session }: SignedInContext,
  ) {
    const { actor } = session;
    const channels = [assignedTo(actor.personId), ...(conversationId ? [inConversation(conversationId)] : [])];
    return new LiveRequest('typingEvents', channels, new Set(tenantsWith(actor, permissions.conversationRead)));
  }
}
