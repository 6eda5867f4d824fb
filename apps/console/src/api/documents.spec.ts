import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { DocumentNode } from 'graphql';
import { buildSchema, validate } from 'graphql';

const source = path.resolve(__dirname, '..');
const schema = buildSchema(readFileSync(path.resolve(source, '../../../libs/graphql/schema.graphql'), 'utf8'));
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.graphql.ts'));

const isDocument = (value: unknown): value is DocumentNode =>
  typeof value === 'object' && value !== null && (value as { kind?: string }).kind === 'Document';

const documents = files.flatMap((file) =>
  Object.entries(require(path.join(source, file)) as Record<string, unknown>).flatMap(([name, value]) =>
    isDocument(value) && value.definitions.some((definition) => definition.kind === 'OperationDefinition')
      ? [[`${file} ${name}`, value] as const]
      : [],
  ),
);

describe('the documents the console sends', () => {
  it('are found', () => {
    expect(documents.length).toBeGreaterThan(20);
  });

  it.each(documents)('%s fits the schema', (_, document) => {
    expect(validate(schema, document)).toEqual([]);
  });
});
