import { Field, ObjectType } from '@nestjs/graphql';
import { InputRefused, Refusal } from '../schema/refusal.type';
import { resultUnion } from '../schema/result-union';
import { Conversation } from './conversation.types';
import { Entry } from './entry.types';

@ObjectType({
  implements: () => [Refusal],
  description: 'The conversation is not what the person saw: a newer message came, or somebody closed it.',
})
class ConversationMovedOn extends Refusal {
  @Field(() => Conversation, { description: 'What it is now.' })
  conversation!: Conversation;
}

@ObjectType({ implements: () => [Refusal], description: 'The work is not where the person saw it: somebody else was faster.' })
class WorkMovedOn extends Refusal {
  @Field(() => String, { nullable: true, description: 'Who has it now, when somebody has.' })
  assigneeName!: string | null;
}

@ObjectType({ description: 'An entry has been written.' })
class EntryPayload {
  @Field(() => Entry, { description: 'The entry.' })
  entry!: Entry;

  @Field(() => Conversation, { description: 'The conversation with it.' })
  conversation!: Conversation;
}

@ObjectType({ description: 'The conversation has been changed.' })
export class ConversationPayload {
  @Field(() => Conversation, { description: 'What it is now.' })
  conversation!: Conversation;
}

export const SendMessageResult = resultUnion(
  'SendMessageResult',
  'The message, or why it cannot be sent.',
  EntryPayload,
  InputRefused,
  ConversationMovedOn,
);
export const AddNoteResult = resultUnion('AddNoteResult', 'The note, or why it cannot be added.', EntryPayload, InputRefused);
export const CloseConversationResult = resultUnion(
  'CloseConversationResult',
  'The closed conversation, or why it stays open.',
  ConversationPayload,
  InputRefused,
  ConversationMovedOn,
);
export const ReopenConversationResult = resultUnion(
  'ReopenConversationResult',
  'The open conversation, or why it stays closed.',
  ConversationPayload,
  InputRefused,
  ConversationMovedOn,
);
export const TakeConversationResult = resultUnion(
  'TakeConversationResult',
  'The conversation, now with the viewer, or why it is not.',
  ConversationPayload,
  WorkMovedOn,
  InputRefused,
);
export const TransferConversationResult = resultUnion(
  'TransferConversationResult',
  'The conversation where it is now, or why it did not move.',
  ConversationPayload,
  WorkMovedOn,
  InputRefused,
);
