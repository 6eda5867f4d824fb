import { rolePermissions } from '@cordboard/rpc';
import { Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Presence } from '../agent/agent.types';
import { presenceOf } from '../agent/presence-of';
import type { GatewayContext, SignedInContext } from '../schema/gateway-context';
import { Tenant } from '../tenant/tenant.types';
import { Public, SignedInOnly } from './access';
import type { Session } from './session';
import { Viewer } from './session.types';

export function viewerOf({ actor, email, language }: Session) {
  const allowed = actor.grants.flatMap((grant) => rolePermissions[grant.role]);
  return { id: actor.personId, name: actor.name, email, language, grants: actor.grants, permissions: [...new Set(allowed)] };
}

@Resolver(() => Viewer)
export class ViewerResolver {
  @Public()
  @Query(() => Viewer, { nullable: true, description: 'The signed-in person; null when nobody is.' })
  viewer(@Context() { session }: GatewayContext) {
    return session && viewerOf(session);
  }

  @SignedInOnly()
  @ResolveField(() => [Tenant], { description: 'The tenants they serve.' })
  tenants(@Context() { loaders }: SignedInContext) {
    return loaders.tenants();
  }

  @SignedInOnly()
  @ResolveField(() => Presence, { description: 'Whether they take work.' })
  async presence(@Parent() viewer: Viewer, @Context() { loaders }: SignedInContext) {
    return presenceOf(viewer.id, await loaders.presences());
  }
}
