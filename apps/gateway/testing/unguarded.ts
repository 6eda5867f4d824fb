import { ACCESS } from '../src/session/access';

/** Where @nestjs/graphql marks the methods that answer a field (its `graphql.constants`). */
const resolverType = 'graphql:resolver_type';
const fieldResolver = 'graphql:resolve_property';

type ResolverClass = abstract new (...args: never[]) => object;

/** Every method that answers a field without saying who may use it: `ViewerResolver.viewer`. */
export function unguarded(resolvers: readonly ResolverClass[]): string[] {
  return resolvers.flatMap((resolver) =>
    answering(resolver)
      .filter(([, method]) => Reflect.getMetadata(ACCESS, method) === undefined)
      .map(([name]) => `${resolver.name}.${name}`),
  );
}

/** How many methods answer a field. */
export function answeringCount(resolvers: readonly ResolverClass[]): number {
  return resolvers.flatMap(answering).length;
}

function answering(resolver: ResolverClass): [name: string, method: object][] {
  const members = Object.entries(Object.getOwnPropertyDescriptors(resolver.prototype));
  return members
    .filter(([name, { value }]) => name !== 'constructor' && typeof value === 'function')
    .map(([name, { value }]): [string, object] => [name, value])
    .filter(([, method]) => Reflect.hasMetadata(resolverType, method) || Reflect.hasMetadata(fieldResolver, method));
}
