import type { Channel, ConversationHead, WorkState } from '@cordboard/events';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { DateTimeScalar } from '../schema/date-time.scalar';
import { AuthorEnum, ChannelEnum, ConversationStateEnum, WorkStateEnum } from './conversation.enums';

@ObjectType({ description: 'A page of the site.' })
export class Page {
  @Field(() => String, { description: 'Its address.' })
  url!: string;

  @Field(() => String, { description: 'Its title.' })
  title!: string;
}

@ObjectType({ description: 'One episode: from when the customer turned to the tenant until it was closed.' })
export class Conversation {
  @Field(() => ID, { description: 'UUID, unique within the tenant.' })
  id!: string;

  @Field(() => ID, { description: 'The tenant the customer turned to.' })
  tenantId!: string;

  @Field(() => ID, { description: 'Who turned to it.' })
  contactId!: string;

  @Field(() => String, { nullable: true, description: "The customer's name, when it is known." })
  contactName!: string | null;

  @Field(() => ChannelEnum, { description: 'How the customer came.' })
  channel!: Channel;

  @Field(() => ConversationStateEnum, { description: 'Open or closed.' })
  state!: ConversationHead['state'];

  @Field(() => Int, { description: 'Grows with every insert or change in the timeline and of the conversation itself.' })
  rev!: number;

  @Field(() => DateTimeScalar, { description: 'When the customer turned to the tenant.' })
  openedAt!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was closed.' })
  closedAt!: string | null;

  @Field(() => ID, { nullable: true, description: 'Why the customer came, chosen when closing.' })
  reasonId!: string | null;

  @Field(() => ID, { nullable: true, description: 'How it ended, chosen when closing.' })
  outcomeId!: string | null;

  @Field(() => ID, { nullable: true, description: "The contact's conversation before this one." })
  previousId!: string | null;

  @Field(() => String, { description: 'The newest line, shortened.' })
  lastLine!: string;

  @Field(() => AuthorEnum, { description: 'Whose line it is.' })
  lastAuthor!: ConversationHead['lastAuthor'];

  @Field(() => DateTimeScalar, { description: 'When it was said.' })
  lastAt!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the oldest customer message without an answer came; null when all are answered.',
  })
  unansweredSince!: string | null;

  @Field(() => Int, { description: 'Customer messages so far; unread = inboundCount − readCount.' })
  inboundCount!: number;

  @Field(() => Int, { description: 'How many of them the viewer has read.' })
  readCount!: number;

  @Field(() => WorkStateEnum, { description: "Routing's state of the work." })
  workState!: WorkState;

  @Field(() => Int, { description: 'Grows with every move of the work; take and transfer name the one they saw.' })
  workVersion!: number;

  @Field(() => ID, { nullable: true, description: 'The person who has it.' })
  assigneeId!: string | null;

  @Field(() => ID, { nullable: true, description: 'The queue it came through.' })
  queueId!: string | null;

  @Field(() => Page, { nullable: true, description: 'The page of the site the visitor is on.' })
  page!: Page | null;
}

@ObjectType({ description: 'A conversation in a list, with its place.' })
export class ConversationEdge {
  @Field(() => String, { description: 'Hand it to `after` for what comes next.' })
  cursor!: string;

  @Field(() => Conversation, { description: 'The conversation.' })
  node!: Conversation;
}

@ObjectType({ description: 'Whether a list goes on.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether there is more after this page.' })
  hasNextPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the last edge; null for an empty page.' })
  endCursor!: string | null;
}

@ObjectType({ description: 'One page of conversations, newest opened first.' })
export class ConversationConnection {
  @Field(() => [ConversationEdge], { description: 'The conversations of this page.' })
  edges!: ConversationEdge[];

  @Field(() => PageInfo, { description: 'Whether the list goes on.' })
  pageInfo!: PageInfo;
}

@ObjectType({ description: 'How many conversations each scope has.' })
export class ConversationCounts {
  @Field(() => Int, { description: 'Open ones the viewer has.' })
  mine!: number;

  @Field(() => Int, { description: 'Open ones nobody has yet.' })
  waiting!: number;

  @Field(() => Int, { description: "All open ones of the viewer's tenants." })
  open!: number;
}
