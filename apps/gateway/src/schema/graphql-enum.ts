import { registerEnumType } from '@nestjs/graphql';

/**
 * Declares a GraphQL enum whose names are the upper case of the values that services use, so that what a call
 * answers or an event carries can be returned as it is. `values` gives each name its line of description.
 */
export function graphqlEnum<Value extends string>(
  name: string,
  description: string,
  values: Record<Uppercase<Value>, string>,
): Record<string, Value> {
  const names = Object.keys(values) as Uppercase<Value>[];
  const reference = Object.fromEntries(names.map((key) => [key, key.toLowerCase() as Value]));
  const valuesMap = Object.fromEntries(names.map((key) => [key, { description: values[key] }]));
  registerEnumType(reference, { name, description, valuesMap });
  return reference;
}
