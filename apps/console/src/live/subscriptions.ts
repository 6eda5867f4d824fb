import type { ApolloClient, OperationVariables, TypedDocumentNode } from '@apollo/client';
import { backOffMs } from '../shared/back-off';

/** Keeps one subscription alive: the socket re-sends it by itself, and if the server ends or refuses it, it is asked for
 * again; what came meanwhile was missed, so the caller is told. */
export const keepSubscribed = <D, V extends OperationVariables>(
  client: ApolloClient,
  query: TypedDocumentNode<D, V>,
  variables: V,
  onData: (data: D) => void,
  onStartedAgain: () => void,
): (() => void) => {
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let current: { unsubscribe(): void } | undefined;
  const again = () => {
    if (stopped) return;
    timer = setTimeout(
      () => {
        start();
        onStartedAgain();
      },
      300 + backOffMs(attempt, 500, 15_000),
    );
    attempt += 1;
  };
  const start = () => {
    current = client.subscribe<D>({ query: query as TypedDocumentNode<D>, variables, fetchPolicy: 'no-cache' }).subscribe({
      next: ({ data, error }) => {
        if (error) return again();
        attempt = 0;
        if (data) onData(data);
      },
      error: again,
      complete: again,
    });
  };
  start();
  return () => {
    stopped = true;
    clearTimeout(timer);
    current?.unsubscribe();
  };
};
