import { ApolloClient, ApolloLink, Observable } from '@apollo/client';
import { ApolloProvider } from '@apollo/client/react';
import { act, cleanup, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { aConversation } from '../../testing/builders';
import { startTestLanguage } from '../../testing/language';
import { createCache } from '../api/cache';
import { conversationFields } from '../api/fragments.graphql';
import type { Conversation, Viewer } from '../api/types';
import { openDialog } from '../conversation/dialogs';
import { openConversation } from '../shared/route';
import { type Session, SessionProvider } from '../shared/session';
import { useActs } from './use-acts';

const permissions = ['work:take', 'work:transfer', 'conversation:close'];

/** The acts of a window that has drawn `shown`, with a server that never answers. */
const show = (shown: Conversation, mine: readonly Conversation[] = []) => {
  const sent: string[] = [];
  const link = new ApolloLink(({ operationName }) => new Observable(() => void sent.push(operationName ?? '')));
  const cache = createCache();
  const write = (data: Conversation) =>
    cache.writeFragment({ id: `Conversation:${data.id}`, fragment: conversationFields, fragmentName: 'ConversationFields', data });
  write(shown);
  const client = new ApolloClient({ cache, link });
  const session = { client, live: { accept: jest.fn() }, viewer: { id: 'me', permissions } as unknown as Viewer } as unknown as Session;
  const wrapper = ({ children }: { children: ReactNode }) => (
    <ApolloProvider client={client}>
      <SessionProvider session={session}>{children}</SessionProvider>
    </ApolloProvider>
  );
  const nothing = () => undefined;
  const around = { open: shown, mine, onPalette: nothing, onSheet: nothing, onContext: nothing };
  const { result } = renderHook(() => useActs(around), { wrapper });
  return { act: result.current, sent, becomes: write };
};

describe('acts, pressed faster than the screen is drawn', () => {
  beforeAll(startTestLanguage);
  afterEach(() => {
    cleanup();
    openDialog.set(null);
  });

  it('takes a conversation once', async () => {
    const { act: press, sent } = show(aConversation({ id: 'c1', workState: 'QUEUED', assigneeId: null }));
    await act(async () => {
      press('take');
      press('take');
    });
    expect(sent).toEqual(['TakeConversation']);
  });

  it('transfers what has just been taken', async () => {
    const { act: press } = show(aConversation({ id: 'c2', workState: 'QUEUED', assigneeId: null }));
    expect(press('transfer')).toBe(false);
    await act(async () => void press('take'));
    expect(press('transfer')).toBe(true);
    expect(openDialog.get()).toEqual({ name: 'transfer', conversationId: 'c2' });
  });

  it('does not close what a colleague has closed', () => {
    const { act: press, becomes } = show(aConversation());
    becomes(aConversation({ state: 'CLOSED', rev: 2 }));
    expect(press('close')).toBe(false);
  });

  it('leaves a conversation that has not loaded', () => {
    openConversation('t1', 'c9');
    const { act: press } = show(aConversation());
    expect(press('back')).toBe(true);
    expect(location.hash).toBe('#/');
    expect(press('back')).toBe(false);
  });

  it('opens the conversation at the place people see, also while a pointer holds the order', () => {
    const [first, second] = [aConversation({ id: 'c1' }), aConversation({ id: 'c2' })];
    const { act: press } = show(first, [second, first]);
    press('conversation-1');
    expect(location.hash).toContain('c2');
    document.body.innerHTML = ['c1', 'c2']
      .map((id) => `<button data-testid="conversation-row" data-conversation-id="${id}"></button>`)
      .join('');
    press('conversation-1');
    expect(location.hash).toContain('c1');
    document.body.innerHTML = '';
  });
});
