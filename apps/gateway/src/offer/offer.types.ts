import type { Channel } from '@cordboard/events';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { ChannelEnum } from '../conversation/conversation.enums';
import { ConversationPayload } from '../conversation/conversation.results';
import { DateTimeScalar } from '../schema/date-time.scalar';
import { graphqlEnum } from '../schema/graphql-enum';
import { Done, Refusal } from '../schema/refusal.type';
import { resultUnion } from '../schema/result-union';

export type OfferEnding = 'accepted' | 'declined' | 'expired' | 'withdrawn';
export const OfferEndingEnum = graphqlEnum<OfferEnding>('OfferEnding', 'How an offer ended.', {
  ACCEPTED: 'The agent took the conversation.',
  DECLINED: 'The agent refused it.',
  EXPIRED: 'Nobody answered until the deadline.',
  WITHDRAWN: 'It was taken back: somebody else took the conversation, or it was closed.',
});

export type DeclineReason = 'busy' | 'not_my_field' | 'technical' | 'other';
const DeclineReasonEnum = graphqlEnum<DeclineReason>('DeclineReason', 'Why an agent declines.', {
  BUSY: 'Busy with something else.',
  NOT_MY_FIELD: 'Somebody else knows more about it.',
  TECHNICAL: 'Something does not work.',
  OTHER: 'Something else.',
});

@ObjectType({ description: 'A conversation held out to one agent until a deadline.' })
export class Offer {
  @Field(() => ID, { description: 'UUID, unique within the tenant.' })
  id!: string;

  @Field(() => ID, { description: 'The tenant the customer turned to.' })
  tenantId!: string;

  @Field(() => ID, { description: 'The conversation.' })
  conversationId!: string;

  @Field(() => ID, { description: 'The queue it waited in.' })
  queueId!: string;

  @Field(() => ID, { description: 'Whom it is offered to.' })
  agentId!: string;

  @Field(() => ChannelEnum, { description: 'How the customer came.' })
  channel!: Channel;

  @Field(() => Int, { description: 'Accepting and declining name it, so that a late answer cannot hit a newer offer.' })
  token!: number;

  @Field(() => String, { nullable: true, description: "The customer's name, when it is known." })
  contactName!: string | null;

  @Field(() => String, { description: 'The first line of what the customer wrote.' })
  preview!: string;

  @Field(() => DateTimeScalar, { description: 'Since when the customer waits.' })
  enqueuedAt!: string;

  @Field(() => DateTimeScalar, { description: 'When it began to ring.' })
  madeAt!: string;

  @Field(() => DateTimeScalar, { description: 'Until when it may be accepted.' })
  deadline!: string;
}

@ObjectType({ implements: () => [Refusal], description: 'The offer is over.' })
class OfferGone extends Refusal {
  @Field(() => String, { nullable: true, description: 'Who has the conversation now, when somebody has.' })
  takenBy!: string | null;
}

@InputType({ description: 'Which offer is answered.', isAbstract: true })
abstract class OfferCommand {
  @Field(() => ID, { description: 'A UUID the client makes for this one action; repeating it answers with the first result.' })
  clientId!: string;

  @Field(() => ID, { description: 'The tenant of the offer.' })
  tenantId!: string;

  @Field(() => ID, { description: 'The offer.' })
  offerId!: string;

  @Field(() => Int, { description: "The offer's token." })
  token!: number;
}

@InputType({ description: 'Accepts an offer.' })
export class AcceptOfferInput extends OfferCommand {}

@InputType({ description: 'Declines an offer.' })
export class DeclineOfferInput extends OfferCommand {
  @Field(() => DeclineReasonEnum, { description: 'Why.' })
  reason!: DeclineReason;
}

export const AcceptOfferResult = resultUnion(
  'AcceptOfferResult',
  'The conversation, now with the viewer, or that the offer is over.',
  ConversationPayload,
  OfferGone,
);
export const DeclineOfferResult = resultUnion('DeclineOfferResult', 'Done, or that the offer was over anyway.', Done, OfferGone);
