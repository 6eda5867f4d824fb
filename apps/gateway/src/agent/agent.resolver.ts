import { permissions, routingCalls } from '@cordboard/rpc';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { SignedInContext } from '../schema/gateway-context';
import { inputRefused, orRefusal } from '../schema/refusals';
import { Requires } from '../session/access';
import { Services } from '../session/services';
import { Agent, SetPresenceInput, SetPresenceResult } from './agent.types';
import { presenceOf } from './presence-of';

@Resolver(() => Agent)
export class AgentResolver {
  constructor(private readonly services: Services) {}

  @Requires(permissions.agentRead)
  @Query(() => [Agent], { description: 'The colleagues who share a tenant with the viewer, and the viewer.' })
  async agents(@Context() { loaders, session }: SignedInContext) {
    const [people, presences] = await Promise.all([loaders.people(), loaders.presences()]);
    const ours = new Set(session.actor.grants.map((grant) => grant.tenantId));
    return people.map((person) => ({
      id: person.id,
      name: person.name,
      tenantIds: [...new Set(person.grants.map((grant) => grant.tenantId))].filter((id) => ours.has(id)),
      presence: presenceOf(person.id, presences),
    }));
  }

  @Requires(permissions.presenceSet)
  @Mutation(() => SetPresenceResult, { description: "Sets the viewer's presence." })
  setPresence(@Args('input', { description: 'The presence.' }) input: SetPresenceInput, @Context() context: SignedInContext) {
    const work = this.services
      .ask(context, routingCalls.setPresence, { clientId: input.clientId, status: input.status, reason: input.reason ?? null })
      .then((presence) => ({ __typename: 'PresencePayload', presence }));
    return orRefusal(work, { other: inputRefused });
  }
}
