import { inboxCalls, permissions } from '@cordboard/rpc';
import { Args, Context, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Conversation } from '../conversation/conversation.types';
import { ReadMarks } from '../live/read-marks';
import type { SignedInContext } from '../schema/gateway-context';
import { Requires } from '../session/access';
import { Services } from '../session/services';
import { Contact } from './contact.types';

@Resolver(() => Contact)
export class ContactResolver {
  constructor(
    private readonly services: Services,
    private readonly marks: ReadMarks,
  ) {}

  @Requires(permissions.conversationRead)
  @Query(() => Contact, { nullable: true, description: "One customer; null when it does not exist or is not the viewer's to see." })
  async contact(
    @Args('tenantId', { type: () => ID, description: 'The tenant whose customer it is.' }) tenantId: string,
    @Args('id', { type: () => ID, description: 'The contact.' }) id: string,
    @Context() context: SignedInContext,
  ) {
    const [contact] = await this.services.ask(context, inboxCalls.getContacts, { ids: [{ tenantId, contactId: id }] });
    return contact ?? null;
  }

  @Requires(permissions.conversationRead)
  @ResolveField(() => [Conversation], { description: 'Their conversations, newest first.' })
  async conversations(
    @Parent() contact: Contact,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 10, description: 'At most this many, 1 to 50.' }) first: number | null,
    @Context() context: SignedInContext,
  ) {
    const input = { tenantId: contact.tenantId, contactId: contact.id, first: first ?? 10 };
    const conversations = await this.services.ask(context, inboxCalls.getContactConversations, input);
    for (const conversation of conversations) this.marks.learn(context.session, conversation);
    return conversations;
  }
}
