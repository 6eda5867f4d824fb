import {
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isUnionType,
} from 'graphql';

/** A selection of every field below a type, to the leaves; fields that need arguments take their defaults. */
function everyField(schema: GraphQLSchema, type: GraphQLOutputType, above: readonly string[] = []): string {
  const named = getNamedType(type);
  if (isLeafType(named) || above.includes(named.name)) return '';
  if (isUnionType(named) || isInterfaceType(named)) {
    const members = schema.getPossibleTypes(named).map((member) => `... on ${member.name} ${everyField(schema, member, above)}`);
    return `{ __typename ${members.join(' ')} }`;
  }
  if (!isObjectType(named)) return '';
  const inside = [...above, named.name];
  const fields = Object.values(named.getFields()).flatMap((field) => select(schema, field, inside));
  return `{ __typename ${fields.join(' ')} }`;
}

function select(schema: GraphQLSchema, field: GraphQLField<unknown, unknown>, above: readonly string[]): string[] {
  if (isLeafType(getNamedType(field.type))) return [field.name];
  const inner = everyField(schema, field.type, above);
  return inner ? [`${field.name} ${inner}`] : [];
}

/** A document that asks one root field for everything below it, its arguments as variables. */
export function documentFor(
  schema: GraphQLSchema,
  operation: 'query' | 'mutation' | 'subscription',
  field: GraphQLField<unknown, unknown>,
): string {
  const declared = field.args.map((argument) => `$${argument.name}: ${argument.type.toString()}`);
  const passed = field.args.map((argument) => `${argument.name}: $${argument.name}`);
  const list = (items: string[]) => (items.length > 0 ? `(${items.join(', ')})` : '');
  return `${operation} ${list(declared)} { ${field.name}${list(passed)} ${everyField(schema, field.type)} }`;
}

/** Adds `Type.field` of each value that is there to `found`. */
export function collectAnswered(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collectAnswered(item, found);
  else if (typeof value === 'object' && value !== null) {
    const { __typename: type, ...fields } = value as Record<string, unknown>;
    for (const [name, inner] of Object.entries(fields)) {
      if (inner === null) continue;
      if (!Array.isArray(inner) || inner.length > 0) found.add(`${String(type)}.${name}`);
      collectAnswered(inner, found);
    }
  }
}
