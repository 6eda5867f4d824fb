import { inboxCalls, notFound, permissions, type UserError } from '@cordboard/rpc';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { ReadMarks } from '../live/read-marks';
import { Typing } from '../live/typing';
import type { SignedInContext } from '../schema/gateway-context';
import { Done, done } from '../schema/refusal.type';
import { inputRefused, orRefusal } from '../schema/refusals';
import { Requires } from '../session/access';
import { Services } from '../session/services';
import {
  AddNoteInput,
  CloseConversationInput,
  MarkReadInput,
  ReopenConversationInput,
  SendMessageInput,
  SetTypingInput,
} from './conversation.inputs';
import { AddNoteResult, CloseConversationResult, ReopenConversationResult, SendMessageResult } from './conversation.results';
import { Entry } from './entry.types';

/** What people do in a conversation. */
@Resolver(() => Entry)
export class TimelineResolver {
  constructor(
    private readonly services: Services,
    private readonly marks: ReadMarks,
    private readonly typing: Typing,
  ) {}

  @Requires(permissions.conversationReply)
  @Mutation(() => SendMessageResult, { description: 'Sends a message to the customer.' })
  sendMessage(@Args('input', { description: 'The message.' }) input: SendMessageInput, @Context() context: SignedInContext) {
    const { clientId, tenantId, conversationId, text } = input;
    const work = this.services.ask(context, inboxCalls.sendMessage, { clientId, tenantId, conversationId, text });
    return orRefusal(entryPayload(work), movedOn(input, context));
  }

  @Requires(permissions.conversationReply)
  @Mutation(() => AddNoteResult, { description: 'Adds an internal note.' })
  addNote(@Args('input', { description: 'The note.' }) input: AddNoteInput, @Context() context: SignedInContext) {
    const { clientId, tenantId, conversationId, text } = input;
    const work = this.services.ask(context, inboxCalls.addNote, { clientId, tenantId, conversationId, text });
    return orRefusal(entryPayload(work), { other: inputRefused });
  }

  @Requires(permissions.conversationClose)
  @Mutation(() => CloseConversationResult, { description: 'Closes a conversation with a reason and an outcome.' })
  closeConversation(@Args('input', { description: 'Which, and why.' }) input: CloseConversationInput, @Context() context: SignedInContext) {
    const { clientId, tenantId, conversationId, expectedRev, reasonId, outcomeId } = input;
    const closing = { clientId, tenantId, conversationId, expectedRev, reasonId, outcomeId };
    const work = this.services.ask(context, inboxCalls.closeConversation, closing);
    return orRefusal(conversationPayload(work), movedOn(input, context));
  }

  @Requires(permissions.conversationClose)
  @Mutation(() => ReopenConversationResult, { description: 'Undoes a closing.' })
  reopenConversation(@Args('input', { description: 'Which.' }) input: ReopenConversationInput, @Context() context: SignedInContext) {
    const { clientId, tenantId, conversationId } = input;
    const work = this.services.ask(context, inboxCalls.reopenConversation, { clientId, tenantId, conversationId });
    return orRefusal(conversationPayload(work), movedOn(input, context));
  }

  @Requires(permissions.conversationRead)
  @Mutation(() => Done, { description: 'Notes how far the viewer has read.' })
  async markRead(@Args('input', { description: 'How far.' }) input: MarkReadInput, @Context() context: SignedInContext) {
    const { tenantId, conversationId, inboundCount } = input;
    const { readCount } = await this.services.ask(context, inboxCalls.markRead, { tenantId, conversationId, inboundCount });
    this.marks.set(context.session.actor.personId, conversationId, readCount);
    return done;
  }

  @Requires(permissions.conversationReply)
  @Mutation(() => Done, { description: 'Shows the customer and colleagues that the viewer is writing.' })
  async setTyping(@Args('input', { description: 'Where, and whether.' }) input: SetTypingInput, @Context() context: SignedInContext) {
    await this.typing.set(input, context);
    return done;
  }
}

const entryPayload = async (work: Promise<object>) => ({ __typename: 'EntryPayload', ...(await work) });
const conversationPayload = async (work: Promise<object>) => ({ __typename: 'ConversationPayload', conversation: await work });

function movedOn({ tenantId, conversationId }: { tenantId: string; conversationId: string }, { loaders }: SignedInContext) {
  const refuse = async (error: UserError) => {
    const conversation = await loaders.conversations.load({ tenantId, conversationId });
    if (!conversation) throw notFound('conversation');
    return { __typename: 'ConversationMovedOn', code: error.code, message: error.message, conversation };
  };
  return { CONVERSATION_MOVED_ON: refuse, CONVERSATION_CLOSED: refuse, other: inputRefused };
}
