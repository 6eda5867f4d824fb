import { type DocumentNode, GraphQLError, type GraphQLSchema, getOperationAST, parse, specifiedRules, validate } from 'graphql';
import { limits, refuseTooMuch } from '../limits/limits';

export interface OperationRequest {
  query: string;
  operationName?: string | null;
  variables?: Record<string, unknown> | null;
}

/** A window says the same dozen documents again and again: the last ones that were let through are kept, by their text. */
const mostKept = 100;
const longestKept = 4096;
const kept = new WeakMap<GraphQLSchema, Map<string, DocumentNode>>();

/** A document that may run on a socket, or why it may not: the same limits as over HTTP, and no queries. */
export function prepareOperation(schema: GraphQLSchema, request: OperationRequest): DocumentNode | readonly GraphQLError[] {
  const document = kept.get(schema)?.get(request.query) ?? validDocument(schema, request.query);
  if (!('kind' in document)) return document;
  const operation = getOperationAST(document, request.operationName);
  if (!operation) return [refusal('OPERATION_UNKNOWN', 'Say by operationName which operation of the document to run.')];
  if (operation.operation === 'query') {
    return [refusal('HTTP_ONLY', 'Sockets carry subscriptions and mutations. Send queries by HTTP POST to /graphql.')];
  }
  const tooMuch = refuseTooMuch({ schema, document, operation, variables: request.variables ?? {} });
  if (tooMuch) return [tooMuch];
  keep(schema, request.query, document);
  return document;
}

/** The one that was used last goes to the end, the first is forgotten. */
function keep(schema: GraphQLSchema, text: string, document: DocumentNode): void {
  if (text.length > longestKept) return;
  const documents = kept.get(schema) ?? new Map<string, DocumentNode>();
  kept.set(schema, documents);
  documents.delete(text);
  documents.set(text, document);
  const [oldest] = documents.keys();
  if (documents.size > mostKept && oldest !== undefined) documents.delete(oldest);
}

function validDocument(schema: GraphQLSchema, text: string): DocumentNode | readonly GraphQLError[] {
  const document = parsed(text);
  if (document instanceof GraphQLError) return [document];
  const errors = validate(schema, document, specifiedRules, { maxErrors: 10 });
  return errors.length > 0 ? errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED')) : document;
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
