import { Field, InterfaceType, ObjectType } from '@nestjs/graphql';

@InterfaceType({
  description: 'An expected error of a mutation: the input or the moment is wrong, and the person can do something about it.',
})
export abstract class Refusal {
  @Field(() => String, { description: 'Stable, for programs.' })
  code!: string;

  @Field(() => String, { description: 'For the person: what is wrong and how to mend it.' })
  message!: string;
}

@ObjectType({ implements: () => [Refusal], description: 'What was sent cannot be done as it is; the message says what to change.' })
export class InputRefused extends Refusal {}

@ObjectType({ description: 'It is done, and there is nothing more to tell.' })
export class Done {
  @Field(() => Boolean, { description: 'Always true.' })
  ok!: boolean;
}

export const done = { __typename: 'Done', ok: true } as const;
