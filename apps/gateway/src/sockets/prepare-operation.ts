import { type DocumentNode, GraphQLError, type GraphQLSchema, getOperationAST, parse, specifiedRules, validate } from 'graphql';
import { limits, refuseTooMuch } from '../limits/limits';

export interface OperationRequest {
  query: string;
  operationName?: string | null;
  variables?: Record<string, unknown> | null;
}

/** A document that may run on a socket, or why it may not: the same limits as over HTTP, and subscriptions alone. */
export function prepareOperation(schema: GraphQLSchema, request: OperationRequest): DocumentNode | readonly GraphQLError[] {
  const document = parsed(request.query);
  if (document instanceof GraphQLError) return [document];
  const errors = validate(schema, document, specifiedRules, { maxErrors: 10 });
  if (errors.length > 0) return errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'));
  const operation = getOperationAST(document, request.operationName);
  if (!operation) return [refusal('OPERATION_UNKNOWN', 'Say by operationName which operation of the document to run.')];
  if (operation.operation !== 'subscription') {
    return [refusal('SUBSCRIPTIONS_ONLY', 'Sockets carry subscriptions. Send queries and mutations by HTTP POST to /graphql.')];
  }
  const tooMuch = refuseTooMuch({ schema, document, operation, variables: request.variables ?? {} });
  return tooMuch ? [tooMuch] : document;
}

function parsed(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query, { maxTokens: limits.tokens });
  } catch (error) {
    if (error instanceof GraphQLError) return withCode(error, 'GRAPHQL_PARSE_FAILED');
    throw error;
  }
}

const refusal = (code: string, message: string) => new GraphQLError(message, { extensions: { code } });

function withCode({ message, nodes, source, positions }: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(message, { nodes, source, positions, extensions: { code } });
}
