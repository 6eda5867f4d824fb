import type { Role } from '@cordboard/events';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { RoleEnum } from '../agent/agent.types';
import { Refusal } from '../schema/refusal.type';
import { resultUnion } from '../schema/result-union';

@ObjectType({ description: 'What somebody is to a tenant.' })
export class Grant {
  @Field(() => ID, { description: 'The tenant.' })
  tenantId!: string;

  @Field(() => RoleEnum, { description: 'The role there.' })
  role!: Role;
}

@ObjectType({ description: 'The signed-in person.' })
export class Viewer {
  @Field(() => ID, { description: 'The person.' })
  id!: string;

  @Field(() => String, { description: 'Full name.' })
  name!: string;

  @Field(() => String, { description: 'The address they sign in with.' })
  email!: string;

  @Field(() => String, { description: 'BCP 47: the language of their window.' })
  language!: string;

  @Field(() => [Grant], { description: 'Their roles, by tenant.' })
  grants!: Grant[];

  @Field(() => [String], { description: 'Everything their roles allow in at least one tenant: `conversation:reply`.' })
  permissions!: string[];
}

@InputType({ description: 'Who wants to sign in.' })
export class SignInInput {
  @Field(() => String, { description: 'The address, upper or lower case.' })
  email!: string;

  @Field(() => String, { description: 'The password.' })
  password!: string;
}

@InputType({ description: 'What to sign out of.' })
export class SignOutInput {
  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'Every session of the person, not only this one.' })
  everywhere?: boolean | null;
}

@ObjectType({ description: 'The session cookie has been set.' })
class SignedIn {
  @Field(() => Viewer, { description: 'Who is signed in now.' })
  viewer!: Viewer;
}

@ObjectType({ implements: () => [Refusal], description: 'Not signed in. The answer is the same whether the account exists or not.' })
class SignInRefused extends Refusal {
  @Field(() => Int, { nullable: true, description: 'When to try again, in milliseconds, after too many failures.' })
  retryAfterMs!: number | null;
}

export const SignInResult = resultUnion('SignInResult', 'Signed in, or why not.', SignedIn, SignInRefused);
