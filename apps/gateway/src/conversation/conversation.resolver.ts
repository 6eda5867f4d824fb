import { inboxCalls, permissions } from '@cordboard/rpc';
import { Args, Context, ID, Int, Query, Resolver } from '@nestjs/graphql';
import { ReadMarks } from '../live/read-marks';
import type { SignedInContext } from '../schema/gateway-context';
import { Requires } from '../session/access';
import { Services } from '../session/services';
import { ConversationFilter } from './conversation.inputs';
import { Conversation, ConversationConnection, ConversationCounts } from './conversation.types';
import { TimelinePage } from './entry.types';

@Resolver(() => Conversation)
export class ConversationResolver {
  constructor(
    private readonly services: Services,
    private readonly marks: ReadMarks,
  ) {}

  @Requires(permissions.conversationRead)
  @Query(() => ConversationConnection, { description: 'Conversations, newest opened first.' })
  async conversations(
    @Args('filter', { description: 'Which.' }) filter: ConversationFilter,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50, description: 'At most this many, 1 to 200.' }) first: number | null,
    @Args('after', { type: () => String, nullable: true, description: 'Only what comes after this cursor.' }) after:
      | string
      | null
      | undefined,
    @Context() context: SignedInContext,
  ) {
    const page = await this.services.ask(context, inboxCalls.listConversations, {
      scope: filter.scope,
      tenantIds: filter.tenantIds ?? null,
      state: filter.state ?? null,
      assigneeId: filter.assigneeId ?? null,
      first: first ?? 50,
      after: after ?? null,
    });
    for (const conversation of page.items) this.marks.learn(context.session, conversation);
    return {
      edges: page.items.map((node) => ({ cursor: node.id, node })),
      pageInfo: { hasNextPage: page.hasMore, endCursor: page.items.at(-1)?.id ?? null },
    };
  }

  @Requires(permissions.conversationRead)
  @Query(() => ConversationCounts, { description: 'How many open conversations each scope has.' })
  conversationCounts(@Context() context: SignedInContext) {
    return this.services.ask(context, inboxCalls.countConversations, {});
  }

  @Requires(permissions.conversationRead)
  @Query(() => Conversation, {
    nullable: true,
    description: "One conversation; null when it does not exist or is not the viewer's to see.",
  })
  conversation(
    @Args('tenantId', { type: () => ID, description: 'The tenant of the conversation.' }) tenantId: string,
    @Args('id', { type: () => ID, description: 'The conversation.' }) id: string,
    @Context() { loaders }: SignedInContext,
  ) {
    return loaders.conversations.load({ tenantId, conversationId: id });
  }

  @Requires(permissions.conversationRead)
  @Query(() => TimelinePage, { description: 'A stretch of a timeline: the newest entries, those before one, or those changed since.' })
  timeline(
    @Args('tenantId', { type: () => ID, description: 'The tenant of the conversation.' }) tenantId: string,
    @Args('conversationId', { type: () => ID, description: 'The conversation.' }) conversationId: string,
    @Args('afterRev', { type: () => Int, nullable: true, description: 'What was inserted or changed since this rev, to fill a gap.' })
    afterRev: number | null | undefined,
    @Args('beforeSeq', { type: () => Int, nullable: true, description: 'Older entries than this seq, to scroll back.' })
    beforeSeq: number | null | undefined,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 60, description: 'At most this many, 1 to 500.' }) first: number | null,
    @Context() context: SignedInContext,
  ) {
    const stretch = { tenantId, conversationId, afterRev: afterRev ?? null, beforeSeq: beforeSeq ?? null, first: first ?? 60 };
    return this.services.ask(context, inboxCalls.getTimeline, stretch);
  }
}
