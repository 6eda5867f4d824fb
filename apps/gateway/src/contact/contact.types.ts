import type { Channel } from '@cordboard/events';
import { Field, ID, ObjectType } from '@nestjs/graphql';
import { ChannelEnum } from '../conversation/conversation.enums';
import { DateTimeScalar } from '../schema/date-time.scalar';

@ObjectType({ description: 'How a contact is known on a channel.' })
export class ContactIdentity {
  @Field(() => ChannelEnum, { description: 'The channel.' })
  channel!: Channel;

  @Field(() => String, { description: "The customer's id there." })
  value!: string;
}

@ObjectType({ description: 'A customer of a tenant.' })
export class Contact {
  @Field(() => ID, { description: 'UUID, unique within the tenant.' })
  id!: string;

  @Field(() => ID, { description: 'The tenant whose customer it is.' })
  tenantId!: string;

  @Field(() => String, { nullable: true, description: 'As the customer wrote it.' })
  name!: string | null;

  @Field(() => String, { nullable: true, description: 'BCP 47, when it is known.' })
  language!: string | null;

  @Field(() => DateTimeScalar, { description: 'When the customer first turned to the tenant.' })
  createdAt!: string;

  @Field(() => [ContactIdentity], { description: 'Where the customer can be reached.' })
  identities!: ContactIdentity[];
}
