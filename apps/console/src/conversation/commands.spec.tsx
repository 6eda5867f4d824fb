import { ApolloClient, ApolloLink, Observable } from '@apollo/client';
import { act, cleanup, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { aConversation } from '../../testing/builders';
import { startTestLanguage } from '../../testing/language';
import { createCache } from '../api/cache';
import { type Session, SessionProvider } from '../shared/session';
import { useCommands } from './commands';

const show = () => {
  const sent: string[] = [];
  const answers: (() => void)[] = [];
  const link = new ApolloLink(
    ({ operationName }) =>
      new Observable((observer) => {
        sent.push(operationName ?? '');
        answers.push(() => {
          observer.next({ data: { reopenConversation: { __typename: 'ConversationPayload', conversation: aConversation() } } });
          observer.complete();
        });
      }),
  );
  const client = new ApolloClient({ cache: createCache(), link });
  const session = { client, live: { accept: jest.fn() }, viewer: { id: 'me' } } as unknown as Session;
  const wrapper = ({ children }: { children: ReactNode }) => <SessionProvider session={session}>{children}</SessionProvider>;
  const { result } = renderHook(useCommands, { wrapper });
  return { commands: result.current, sent, answers };
};

describe('commands', () => {
  beforeAll(startTestLanguage);
  afterEach(cleanup);

  it('reopen once while the first press is on its way, and again when it was answered', async () => {
    const { commands, sent, answers } = show();
    const closed = aConversation({ state: 'CLOSED' });
    await act(async () => {
      void commands.reopen(closed);
      void commands.reopen(closed);
    });
    expect(sent).toEqual(['ReopenConversation']);
    await act(async () => answers[0]?.());
    await act(async () => void commands.reopen(closed));
    expect(sent).toHaveLength(2);
  });

  it('do not make one conversation wait for another', async () => {
    const { commands, sent } = show();
    await act(async () => {
      for (const id of ['c1', 'c2']) void commands.reopen(aConversation({ id: `other-${id}`, state: 'CLOSED' }));
    });
    expect(sent).toHaveLength(2);
  });
});
