import { type NamedOption, permissions, routingCalls } from '@cordboard/rpc';
import { Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { SignedInContext } from '../schema/gateway-context';
import { toTexts } from '../schema/localized-text.type';
import { Requires } from '../session/access';
import { Services } from '../session/services';
import { Outcome, Queue, Reason, Tenant } from './tenant.types';

@Resolver(() => Tenant)
export class TenantResolver {
  constructor(private readonly services: Services) {}

  @Requires(permissions.conversationRead)
  @ResolveField(() => [Reason], { description: 'Why its customers turn to it, to choose from when closing.' })
  async reasons(@Parent() tenant: Tenant, @Context() { loaders }: SignedInContext) {
    return optionsOf(tenant, (await loaders.dispositions()).reasons);
  }

  @Requires(permissions.conversationRead)
  @ResolveField(() => [Outcome], { description: 'How its conversations end, to choose from when closing.' })
  async outcomes(@Parent() tenant: Tenant, @Context() { loaders }: SignedInContext) {
    return optionsOf(tenant, (await loaders.dispositions()).outcomes);
  }

  @Requires(permissions.conversationRead)
  @Query(() => [Queue], { description: "The queues of the viewer's tenants." })
  async queues(@Context() context: SignedInContext) {
    const queues = await this.services.ask(context, routingCalls.getQueues, {});
    return queues.map((queue) => ({ ...queue, name: toTexts(queue.name) }));
  }
}

function optionsOf(tenant: Tenant, options: readonly NamedOption[]) {
  return options
    .filter((option) => option.tenantId === tenant.id)
    .sort((one, other) => one.position - other.position)
    .map((option) => ({ id: option.id, name: toTexts(option.name) }));
}
