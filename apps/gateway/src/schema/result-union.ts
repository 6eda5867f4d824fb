import { createUnionType } from '@nestjs/graphql';

type ObjectClass = abstract new () => object;

/** A mutation's result: its payload or one of the refusals to expect. Resolvers name the member in `__typename`. */
export function resultUnion(name: string, description: string, ...types: ObjectClass[]) {
  return createUnionType({
    name,
    description,
    types: () => types as never,
    resolveType: (value: { __typename: string }) => value.__typename,
  });
}
