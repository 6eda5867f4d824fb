import { type ApolloClient, CombinedGraphQLErrors, type TypedDocumentNode } from '@apollo/client';
import type { DocumentNode } from 'graphql';
import { backOffMs } from '../shared/back-off';
import type { Refusal } from './types';

/** How a command ended: done, refused with a reason a person can act on, or not known because nobody answered. */
export type Outcome<P> = { kind: 'done'; payload: P } | { kind: 'refused'; refusal: Refusal } | { kind: 'failed'; error: unknown };

export type Command<P, I> = TypedDocumentNode<Record<string, P | Refusal>, { input: I }>;

const isRefusal = (value: object): value is Refusal => 'code' in value && 'message' in value;
const notWorthRepeating = new Set([
  'NOT_SIGNED_IN',
  'NOT_ALLOWED',
  'NOT_FOUND',
  'TOO_MUCH',
  'HTTP_ONLY',
  'BAD_USER_INPUT',
  'GRAPHQL_VALIDATION_FAILED',
]);

/** True when the server says that nobody is signed in (any more). */
export const saysSignedOut = (error: unknown): boolean =>
  CombinedGraphQLErrors.is(error) && error.errors.some((each) => each.extensions?.code === 'NOT_SIGNED_IN');

/** Nobody answered, or the server asked to come back: the same command with the same client id may be sent again. */
export const mayRepeat = (error: unknown): boolean =>
  !CombinedGraphQLErrors.is(error) || !error.errors.some((each) => notWorthRepeating.has(String(each.extensions?.code)));

/** Sends a command, up to `attempts` times while nobody answers: its client id makes the repeat harmless. */
export const perform = async <P extends object, I>(
  client: ApolloClient,
  command: Command<P, I>,
  input: I,
  options: { attempts?: number; optimistic?: P } = {},
): Promise<Outcome<P>> => {
  const field = fieldOf(command);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { data } = await client.mutate<Record<string, P | Refusal>, { input: I }>({
        mutation: command,
        variables: { input },
        ...(options.optimistic ? { optimisticResponse: { [field]: options.optimistic } } : {}),
      });
      const answer = data?.[field];
      if (!answer) return { kind: 'failed', error: new Error('The server answered without a result.') };
      return isRefusal(answer) ? { kind: 'refused', refusal: answer } : { kind: 'done', payload: answer };
    } catch (error) {
      const refusal = refusalIn(error);
      if (refusal) return { kind: 'refused', refusal };
      if (attempt >= (options.attempts ?? 3) || !mayRepeat(error)) return { kind: 'failed', error };
      await new Promise((resolve) => setTimeout(resolve, backOffMs(attempt, 300, 3000)));
    }
  }
};

/** Some refusals concern every field alike and come as errors: what a person may not do, what is not theirs. */
const refusalIn = (error: unknown): Refusal | null => {
  if (!CombinedGraphQLErrors.is(error)) return null;
  const told = error.errors.find((each) => each.extensions?.code === 'NOT_ALLOWED' || each.extensions?.code === 'NOT_FOUND');
  return told ? { __typename: 'InputRefused', code: String(told.extensions?.code), message: told.message } : null;
};

const fieldOf = (command: DocumentNode): string => {
  for (const definition of command.definitions) {
    if (definition.kind !== 'OperationDefinition') continue;
    const selection = definition.selectionSet.selections[0];
    if (selection?.kind === 'Field') return selection.name.value;
  }
  throw new Error('A command is a mutation of one field.');
};
