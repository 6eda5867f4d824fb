import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** One operation of a document, with what it is run on. */
export interface Operation {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Readonly<Record<string, unknown>>;
}

/** How large an operation is with its fragments written out. */
export interface Size {
  depth: number;
  aliases: number;
  /** Selections of this set, merged or not. */
  rootFields: number;
  /** Fields that would be answered if every list were as long as asked for (`first`), or ten long. */
  cost: number;
}

const nothing: Size = { depth: 0, aliases: 0, rootFields: 0, cost: 0 };
const assumedLength = 10;
/** Of operations that ask for no length by a variable: a window sends the same ones again and again. */
const fixedSizes = new WeakMap<OperationDefinitionNode, Size>();

/**
 * Each fragment is measured once however often it is spread, so the work grows with the document's length, not with
 * what it expands to. The document is valid: no cycles, no unknown fields. Introspection is exempt, it is limited by
 * graphql's own rule and open to signed-in people only.
 */
export function measure({ schema, document, operation, variables }: Operation): Size {
  const fixed = fixedSizes.get(operation);
  if (fixed) return fixed;
  let isFixed = true;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const measured = new Map<string, Size>();

  const ofSet = (set: SelectionSetNode, type: GraphQLNamedType | undefined): Size =>
    set.selections.reduce<Size>((sum, selection) => {
      if (selection.kind === Kind.FIELD) return together(sum, ofField(selection, type));
      if (selection.kind === Kind.FRAGMENT_SPREAD) return together(sum, ofFragment(selection.name.value));
      const condition = selection.typeCondition;
      return together(sum, ofSet(selection.selectionSet, condition ? schema.getType(condition.name.value) : type));
    }, nothing);

  const ofFragment = (name: string): Size => {
    const known = measured.get(name);
    if (known) return known;
    const fragment = fragments.get(name);
    const size = fragment ? ofSet(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value)) : nothing;
    measured.set(name, size);
    return size;
  };

  const ofField = (node: FieldNode, type: GraphQLNamedType | undefined): Size => {
    if (node.name.value.startsWith('__')) return { ...nothing, aliases: node.alias ? 1 : 0, rootFields: 1, cost: 1 };
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
    const inner = node.selectionSet ? ofSet(node.selectionSet, field && getNamedType(field.type)) : nothing;
    return {
      depth: 1 + inner.depth,
      aliases: (node.alias ? 1 : 0) + inner.aliases,
      rootFields: 1,
      cost: 1 + inner.cost * lengthOf(node, field, asked),
    };
  };

  const asked = (name: string): unknown => {
    isFixed = false;
    return variables[name];
  };

  const size = ofSet(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined);
  if (isFixed) fixedSizes.set(operation, size);
  return size;
}

function together(one: Size, other: Size): Size {
  return {
    depth: Math.max(one.depth, other.depth),
    aliases: one.aliases + other.aliases,
    rootFields: one.rootFields + other.rootFields,
    cost: one.cost + other.cost,
  };
}

/** How many times the inner fields are answered. A connection's `first` counts once, not for its edges again. */
function lengthOf(node: FieldNode, field: GraphQLField<unknown, unknown> | undefined, variable: (name: string) => unknown): number {
  const first = field?.args.find((argument) => argument.name === 'first');
  if (first) return Math.max(1, Number(askedLength(node, variable) ?? first.defaultValue ?? assumedLength) || 1);
  if (field?.name === 'edges' || field?.name === 'entries') return 1;
  return field && isListType(getNullableType(field.type)) ? assumedLength : 1;
}

function askedLength(node: FieldNode, variable: (name: string) => unknown): unknown {
  const value = node.arguments?.find((argument) => argument.name.value === 'first')?.value;
  if (value?.kind === Kind.INT) return Number(value.value);
  return value?.kind === Kind.VARIABLE ? variable(value.name.value) : undefined;
}
