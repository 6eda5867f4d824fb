import { type GraphQLSchema, isObjectType } from 'graphql';

/** What Nest calls the resolver it gives to a field that has none. */
const nestsOwn = 'rootFieldResolver';

/**
 * Takes away the resolvers that only read the property of the field's name: GraphQL does that without being told, and
 * reads it in place where a live subscription is compiled, instead of calling a function per field.
 */
export function withoutPlainResolvers(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) if (field.resolve?.name === nestsOwn) field.resolve = undefined;
  }
  return schema;
}
