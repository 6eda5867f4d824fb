import { notFound, permissions, routingCalls, type UserError } from '@cordboard/rpc';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import type { SignedInContext } from '../schema/gateway-context';
import { detail, inputRefused, orRefusal } from '../schema/refusals';
import { Requires } from '../session/access';
import { Services } from '../session/services';
import { TakeConversationInput, TransferConversationInput } from './conversation.inputs';
import { TakeConversationResult, TransferConversationResult } from './conversation.results';
import { withWork } from './with-work';

const refusals = {
  WORK_MOVED_ON: (error: UserError) => ({
    __typename: 'WorkMovedOn',
    code: error.code,
    message: error.message,
    assigneeName: detail(error, 'assigneeName'),
  }),
  other: inputRefused,
};

/** Who has the work of a conversation. */
@Resolver()
export class WorkResolver {
  constructor(private readonly services: Services) {}

  @Requires(permissions.workTake)
  @Mutation(() => TakeConversationResult, { description: 'Takes a conversation without an offer.' })
  takeConversation(@Args('input', { description: 'Which.' }) input: TakeConversationInput, @Context() context: SignedInContext) {
    const { clientId, tenantId, conversationId, expectedWorkVersion: expectedVersion } = input;
    const work = this.services.ask(context, routingCalls.takeConversation, { clientId, tenantId, conversationId, expectedVersion });
    return orRefusal(moved(work, context), refusals);
  }

  @Requires(permissions.workTransfer)
  @Mutation(() => TransferConversationResult, { description: 'Hands a conversation to an agent, or back to the queue.' })
  transferConversation(
    @Args('input', { description: 'Which, and to whom.' }) input: TransferConversationInput,
    @Context() context: SignedInContext,
  ) {
    const { clientId, tenantId, conversationId, expectedWorkVersion: expectedVersion, toAgentId } = input;
    const transfer = { clientId, tenantId, conversationId, expectedVersion, toAgentId: toAgentId ?? null };
    const work = this.services.ask(context, routingCalls.transferConversation, transfer);
    return orRefusal(moved(work, context), refusals);
  }
}

async function moved(
  asked: Promise<Parameters<typeof withWork>[1] & { tenantId: string; conversationId: string }>,
  { loaders }: SignedInContext,
) {
  const work = await asked;
  const conversation = await loaders.conversations.load({ tenantId: work.tenantId, conversationId: work.conversationId });
  if (!conversation) throw notFound('conversation');
  return { __typename: 'ConversationPayload', conversation: withWork(conversation, work) };
}
