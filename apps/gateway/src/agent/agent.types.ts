import type { AwayReason, PresenceStatus, Role } from '@cordboard/events';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { DateTimeScalar } from '../schema/date-time.scalar';
import { graphqlEnum } from '../schema/graphql-enum';
import { InputRefused } from '../schema/refusal.type';
import { resultUnion } from '../schema/result-union';

export const RoleEnum = graphqlEnum<Role>('Role', 'What somebody is to a tenant.', {
  AGENT: 'Answers customers.',
  SUPERVISOR: 'Answers, watches and hands work round.',
  TENANT_ADMIN: "The client's own person: sees and configures.",
});

const PresenceStatusEnum = graphqlEnum<PresenceStatus>('PresenceStatus', 'Whether somebody takes work.', {
  AVAILABLE: 'Takes offers.',
  AWAY: 'At work, takes no offers.',
  OFFLINE: 'Not at work: no window is open.',
});

const AwayReasonEnum = graphqlEnum<AwayReason>('AwayReason', 'Why somebody is away.', {
  BREAK: 'A short break.',
  LUNCH: 'Lunch.',
  TRAINING: 'Training.',
  MEETING: 'A meeting.',
  AFTER_THIS_ONE: 'Takes nothing new and finishes what is in hand.',
  MISSED_OFFER: 'Set by routing: an offer ran out unanswered.',
});

@ObjectType({ description: 'Somebody at work, as colleagues see it.' })
export class Presence {
  @Field(() => ID, { description: 'The person.' })
  personId!: string;

  @Field(() => PresenceStatusEnum, { description: 'Whether they take work.' })
  status!: PresenceStatus;

  @Field(() => AwayReasonEnum, { nullable: true, description: 'Why not, when away.' })
  reason!: AwayReason | null;

  @Field(() => DateTimeScalar, { description: 'Since when.' })
  since!: string;

  @Field(() => Int, { description: 'Conversations in hand; one that rings counts.' })
  load!: number;

  @Field(() => Int, { description: 'How many there may be at once.' })
  capacity!: number;

  @Field(() => Int, { description: 'Grows with every change; the higher one is the newer.' })
  version!: number;
}

@ObjectType({ description: 'A colleague who shares a tenant with the viewer.' })
export class Agent {
  @Field(() => ID, { description: 'The person.' })
  id!: string;

  @Field(() => String, { description: 'Full name.' })
  name!: string;

  @Field(() => [ID], { description: "Those of the viewer's tenants they serve." })
  tenantIds!: string[];

  @Field(() => Presence, { description: 'Whether they take work.' })
  presence!: Presence;
}

@ObjectType({ description: 'Presence has been set.' })
class PresencePayload {
  @Field(() => Presence, { description: 'What it is now.' })
  presence!: Presence;
}

@InputType({ description: "The viewer's presence." })
export class SetPresenceInput {
  @Field(() => ID, { description: 'A UUID the client makes for this one action; repeating it answers with the first result.' })
  clientId!: string;

  @Field(() => PresenceStatusEnum, { description: 'Whether to take work.' })
  status!: PresenceStatus;

  @Field(() => AwayReasonEnum, { nullable: true, description: 'Why not; for AWAY only.' })
  reason?: AwayReason | null;
}

export const SetPresenceResult = resultUnion('SetPresenceResult', 'The new presence, or why it cannot be.', PresencePayload, InputRefused);
