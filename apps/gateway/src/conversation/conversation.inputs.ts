import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { type ConversationScope, ConversationScopeEnum, ConversationStateEnum } from './conversation.enums';

@InputType({ description: 'Which conversations to list.' })
export class ConversationFilter {
  @Field(() => ConversationScopeEnum, { description: 'Mine, waiting or all.' })
  scope!: ConversationScope;

  @Field(() => [ID], { nullable: true, description: "Only these tenants; all of the viewer's when missing." })
  tenantIds?: string[] | null;

  @Field(() => ConversationStateEnum, { nullable: true, description: 'Only open or only closed ones.' })
  state?: 'open' | 'closed' | null;

  @Field(() => ID, { nullable: true, description: 'Only those this person has or had last.' })
  assigneeId?: string | null;
}

@InputType({ description: 'Which conversation a mutation is about.', isAbstract: true })
abstract class ConversationCommand {
  @Field(() => ID, { description: 'A UUID the client makes for this one action; repeating it answers with the first result.' })
  clientId!: string;

  @Field(() => ID, { description: 'The tenant of the conversation.' })
  tenantId!: string;

  @Field(() => ID, { description: 'The conversation.' })
  conversationId!: string;
}

@InputType({ description: 'A message to the customer.' })
export class SendMessageInput extends ConversationCommand {
  @Field(() => String, { description: 'Plain text, 1 to 4,096 characters.' })
  text!: string;
}

@InputType({ description: 'An internal note.' })
export class AddNoteInput extends ConversationCommand {
  @Field(() => String, { description: 'Plain text, 1 to 4,096 characters; the customer never sees it.' })
  text!: string;
}

@InputType({ description: 'Closes a conversation, unless the customer has written meanwhile.' })
export class CloseConversationInput extends ConversationCommand {
  @Field(() => Int, { description: 'The rev the person saw when deciding to close.' })
  expectedRev!: number;

  @Field(() => ID, { description: "One of the tenant's reasons." })
  reasonId!: string;

  @Field(() => ID, { description: "One of the tenant's outcomes." })
  outcomeId!: string;
}

@InputType({ description: 'Undoes a closing.' })
export class ReopenConversationInput extends ConversationCommand {}

@InputType({ description: 'Takes a conversation without an offer.' })
export class TakeConversationInput extends ConversationCommand {
  @Field(() => Int, { description: 'The workVersion the person saw.' })
  expectedWorkVersion!: number;
}

@InputType({ description: 'To an agent, or back to the queue when toAgentId is null.' })
export class TransferConversationInput extends ConversationCommand {
  @Field(() => Int, { description: 'The workVersion the person saw.' })
  expectedWorkVersion!: number;

  @Field(() => ID, { nullable: true, description: 'The agent to hand it to; null puts it back into the queue at its original age.' })
  toAgentId?: string | null;
}

@InputType({ description: 'How far the viewer has read.' })
export class MarkReadInput {
  @Field(() => ID, { description: 'The tenant of the conversation.' })
  tenantId!: string;

  @Field(() => ID, { description: 'The conversation.' })
  conversationId!: string;

  @Field(() => Int, { description: 'The inboundCount the viewer has seen to the end; the mark never moves back.' })
  inboundCount!: number;
}

@InputType({ description: 'Whether the viewer is writing to the customer.' })
export class SetTypingInput {
  @Field(() => ID, { description: 'The tenant of the conversation.' })
  tenantId!: string;

  @Field(() => ID, { description: 'The conversation.' })
  conversationId!: string;

  @Field(() => Boolean, { description: 'True while writing (repeat every few seconds, it fades after 6 s), false when done.' })
  typing!: boolean;
}
