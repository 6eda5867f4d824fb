import 'reflect-metadata';
import { type GraphQLSchema, getIntrospectionQuery, getOperationAST, parse } from 'graphql';
import { buildSchema } from '../schema/schema-text';
import { refuseTooMuch } from './limits';
import { measure } from './measure';

describe('the size of an operation', () => {
  let schema: GraphQLSchema;
  beforeAll(async () => {
    schema = await buildSchema();
  });

  const operation = (text: string, variables: Record<string, unknown> = {}) => {
    const document = parse(text);
    const node = getOperationAST(document);
    if (!node) throw new Error('The document has no operation.');
    return { schema, document, operation: node, variables };
  };
  const sizeOf = (text: string, variables?: Record<string, unknown>) => measure(operation(text, variables));

  it('counts depth, aliases and fields at the root with fragments written out', () => {
    const size = sizeOf('{ ...A b: viewer { id } } fragment A on Query { viewer { tenants { c: reasons { name { text } } } } }');
    expect(size).toMatchObject({ depth: 5, aliases: 2, rootFields: 2 });
  });

  it('takes a list for as long as was asked for', () => {
    const list = '($first: Int) { conversations(filter: { scope: ALL }, first: $first) { edges { node { id rev } } } }';
    expect(sizeOf(`query ${list}`, { first: 200 }).cost).toBe(1 + 200 * 4);
    expect(sizeOf(`query ${list}`).cost).toBe(1 + 50 * 4);
    expect(sizeOf('{ agents { id name } }').cost).toBe(1 + 10 * 2);
  });

  it('measures the same document anew where a variable says how long a list is', () => {
    const list = operation('query ($first: Int) { conversations(filter: { scope: ALL }, first: $first) { edges { node { id } } } }');
    expect([1, 200, 1].map((first) => measure({ ...list, variables: { first } }).cost)).toEqual([4, 601, 4]);
  });

  it('measures fragments that double each other forty times at once', () => {
    const doubling = Array.from({ length: 40 }, (_, n) => `fragment F${n} on Viewer { ...F${n + 1} ...F${n + 1} }`).join(' ');
    const bomb = operation(`{ viewer { ...F0 } } ${doubling} fragment F40 on Viewer { id }`);
    expect(refuseTooMuch(bomb)?.extensions).toMatchObject({ code: 'TOO_MUCH', limit: 'cost' });
  });

  it('leaves the usual operations and introspection alone', () => {
    expect(refuseTooMuch(operation(getIntrospectionQuery()))).toBeUndefined();
    const window = `{ viewer { id tenants { id reasons { id name { language text } } outcomes { id name { language text } } } }
      queues { id name { text } } agents { id presence { status load } } offers { id token }
      conversations(filter: { scope: ALL }, first: 200) { edges { cursor node { id rev contactName lastLine lastAt page { url title } } } } }`;
    expect(refuseTooMuch(operation(window))).toBeUndefined();
  });
});
