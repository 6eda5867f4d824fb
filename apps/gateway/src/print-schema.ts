import 'reflect-metadata';
import { schemaText } from './schema/schema-text';

/** Prints the public schema, which `npm run generate` keeps in libs/graphql/schema.graphql. */
void schemaText().then((text) => process.stdout.write(text));
