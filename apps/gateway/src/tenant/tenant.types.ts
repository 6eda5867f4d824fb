import type { TenantColour } from '@cordboard/events';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { graphqlEnum } from '../schema/graphql-enum';
import { LocalizedTextType } from '../schema/localized-text.type';

const TenantColourEnum = graphqlEnum<TenantColour>('TenantColour', 'The colour a tenant is told by; the theme has its values.', {
  TEAL: 'Blue-green.',
  RUST: 'Brown-red.',
  VIOLET: 'Violet.',
  BLUE: 'Blue.',
  GREEN: 'Green.',
  PLUM: 'Dark purple.',
  OCHRE: 'Brown-yellow.',
  ROSE: 'Pink.',
  SLATE: 'Blue-grey.',
  OLIVE: 'Yellow-green.',
});

@ObjectType({ description: 'Why a customer turned to the tenant.' })
export class Reason {
  @Field(() => ID, { description: 'UUID, unique within the tenant.' })
  id!: string;

  @Field(() => [LocalizedTextType], { description: 'Its name in the languages it has one in.' })
  name!: LocalizedTextType[];
}

@ObjectType({ description: 'How a conversation ended.' })
export class Outcome {
  @Field(() => ID, { description: 'UUID, unique within the tenant.' })
  id!: string;

  @Field(() => [LocalizedTextType], { description: 'Its name in the languages it has one in.' })
  name!: LocalizedTextType[];
}

@ObjectType({ description: 'A client business of the operator.' })
export class Tenant {
  @Field(() => ID, { description: 'UUID.' })
  id!: string;

  @Field(() => String, { description: 'Short name for addresses: `clinic`.' })
  slug!: string;

  @Field(() => String, { description: 'Full name.' })
  name!: string;

  @Field(() => String, { description: 'For list rows, at most 14 characters.' })
  shortName!: string;

  @Field(() => TenantColourEnum, { description: 'The colour it is told by.' })
  colour!: TenantColour;

  @Field(() => [String], { description: 'BCP 47; the first is the default.' })
  languages!: string[];

  @Field(() => String, { description: 'IANA name: `Asia/Novosibirsk`.' })
  timeZone!: string;
}

@ObjectType({ description: 'Where conversations wait for an agent.' })
export class Queue {
  @Field(() => ID, { description: 'UUID, unique within the tenant.' })
  id!: string;

  @Field(() => ID, { description: 'The tenant whose customers wait in it.' })
  tenantId!: string;

  @Field(() => [LocalizedTextType], { description: 'Its name in the languages it has one in.' })
  name!: LocalizedTextType[];

  @Field(() => Int, { description: 'The wait that must not be reached, in milliseconds.' })
  targetMs!: number;

  @Field(() => Int, { description: 'The wait from which on the target is near, in milliseconds.' })
  nearMs!: number;
}
