import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { type GraphQLSchema, printSchema } from 'graphql';
import { DateTimeScalar } from './date-time.scalar';
import { resolvers } from './resolvers';

const header = `# Printed from the code of apps/gateway by \`npm run generate\`; change it there.
#
# The public API of Cordboard. Every mutation that takes a clientId may be repeated: the same id answers with the first
# result. docs/api.md shows the first query.

`;

/** The schema from the decorators alone: nothing is started. */
export async function buildSchema(): Promise<GraphQLSchema> {
  const app = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: ['error'] });
  const schema = await app.get(GraphQLSchemaFactory).create(resolvers, [DateTimeScalar], { numberScalarMode: 'integer' });
  await app.close();
  return schema;
}

/** What libs/graphql/schema.graphql must say. */
export async function schemaText(): Promise<string> {
  return `${header}${printSchema(await buildSchema())}\n`;
}
