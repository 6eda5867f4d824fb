import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Conversation } from '../conversation/conversation.types';
import { Entry } from '../conversation/entry.types';
import { Offer, type OfferEnding, OfferEndingEnum } from '../offer/offer.types';

@ObjectType({
  description:
    'Something happened in a conversation of the scope: entry is set when the timeline changed. ' +
    'left says that the conversation no longer belongs to the scope (said at least once; a client that does not have it ignores it).',
})
export class ConversationEvent {
  @Field(() => Conversation, {
    description: 'What the conversation is now; of two, the one with the higher rev and workVersion is the newer.',
  })
  conversation!: Conversation;

  @Field(() => Entry, { nullable: true, description: 'The entry that was inserted or changed.' })
  entry!: Entry | null;

  @Field(() => Boolean, { description: 'Whether the conversation has left the scope.' })
  left!: boolean;
}

@ObjectType({ description: 'An offer to the viewer began or ended.' })
export class OfferEvent {
  @Field(() => Offer, { description: 'The offer.' })
  offer!: Offer;

  @Field(() => OfferEndingEnum, { nullable: true, description: 'How it ended; null when it has just been made.' })
  ending!: OfferEnding | null;
}

@ObjectType({ description: 'Somebody began or stopped writing; it fades by itself after 6 s.' })
export class TypingEvent {
  @Field(() => ID, { description: 'The tenant of the conversation.' })
  tenantId!: string;

  @Field(() => ID, { description: 'The conversation.' })
  conversationId!: string;

  @Field(() => String, { nullable: true, description: "Who, when it is known; a colleague's first name." })
  name!: string | null;

  @Field(() => Boolean, { description: 'Whether it is the customer.' })
  customer!: boolean;

  @Field(() => Boolean, { description: 'Whether they write or have stopped.' })
  typing!: boolean;
}
