import type { DeliveryStatus, Entry as EntryShape, SystemLine as SystemLineShape } from '@cordboard/events';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { DateTimeScalar } from '../schema/date-time.scalar';
import { AuthorEnum, DeliveryStatusEnum, EntryKindEnum, SystemCodeEnum } from './conversation.enums';

@ObjectType({ description: 'A quiet line by code and parameters; the client words it in the reader’s language.' })
export class SystemLine {
  @Field(() => SystemCodeEnum, { description: 'What happened.' })
  code!: SystemLineShape['code'];

  @Field(() => ID, { nullable: true, description: 'Who did it or to whom it happened.' })
  personId!: string | null;

  @Field(() => String, { nullable: true, description: 'Their name at that time.' })
  personName!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How long it took, in milliseconds: the wait before accepting, the ring before declining.',
  })
  durationMs!: number | null;

  @Field(() => String, { nullable: true, description: 'What else is to be said, for example the reason of a refusal.' })
  detail!: string | null;
}

@ObjectType({ description: 'One entry of a timeline. On screen entries stand by occurredAt, then seq.' })
export class Entry {
  @Field(() => ID, { description: 'UUID, unique within the tenant.' })
  id!: string;

  @Field(() => ID, { description: 'The conversation it stands in.' })
  conversationId!: string;

  @Field(() => Int, { description: 'Identity and arrival: dense per conversation, from 1.' })
  seq!: number;

  @Field(() => Int, { description: "The conversation's rev at which it was last inserted or changed." })
  rev!: number;

  @Field(() => EntryKindEnum, { description: 'Message, note or quiet line.' })
  kind!: EntryShape['kind'];

  @Field(() => AuthorEnum, { description: 'Whose words they are.' })
  author!: EntryShape['author'];

  @Field(() => ID, { nullable: true, description: 'The person who wrote it; null for customers and the system.' })
  authorId!: string | null;

  @Field(() => String, { nullable: true, description: 'Their name.' })
  authorName!: string | null;

  @Field(() => String, { description: 'Plain text, never markup; empty for quiet lines.' })
  text!: string;

  @Field(() => ID, { nullable: true, description: 'The id its sender gave it; the same id is never recorded twice.' })
  clientId!: string | null;

  @Field(() => DeliveryStatusEnum, { nullable: true, description: 'How far it has come; null for all but messages to the customer.' })
  status!: DeliveryStatus | null;

  @Field(() => SystemLine, { nullable: true, description: 'Set for quiet lines.' })
  system!: SystemLine | null;

  @Field(() => DateTimeScalar, { description: 'When it was said, as far as the channel knows; never later than recordedAt.' })
  occurredAt!: string;

  @Field(() => DateTimeScalar, { description: 'When Cordboard wrote it down.' })
  recordedAt!: string;
}

@ObjectType({
  description:
    'A stretch of a timeline. With afterRev: every entry inserted or changed since, at most 500 (hasMore says there are more). ' +
    'Without: the newest `first` entries before `beforeSeq`.',
})
export class TimelinePage {
  @Field(() => [Entry], { description: 'The entries, in the order of seq; with afterRev in the order of rev.' })
  entries!: Entry[];

  @Field(() => Int, { description: "The conversation's rev this page is true for: pass it as afterRev next time." })
  rev!: number;

  @Field(() => Boolean, { description: 'Whether there is more in that direction.' })
  hasMore!: boolean;
}
