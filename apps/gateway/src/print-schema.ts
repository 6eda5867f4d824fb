import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { schemaText } from './schema/schema-text';

/** Writes the public schema to the path given, or to standard output. */
async function main(path: string | undefined): Promise<void> {
  const text = await schemaText();
  if (path) writeFileSync(path, text);
  else process.stdout.write(text);
}

void main(process.argv[2]);
