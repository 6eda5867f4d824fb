import { aConversation } from '../../testing/builders';
import { createCache } from './cache';
import { conversationsQuery } from './conversations.graphql';
import { conversationFields } from './fragments.graphql';
import { cachedConversation, newestWins } from './newest-wins';
import type { Conversation, ConversationConnection } from './types';

const write = (cache: ReturnType<typeof createCache>, conversation: Conversation) =>
  cache.writeFragment({
    id: `Conversation:${conversation.id}`,
    fragment: conversationFields,
    fragmentName: 'ConversationFields',
    data: conversation,
  });

describe('what reaches the cache', () => {
  it('never takes a conversation back to an older rev, however deep in an answer it comes', () => {
    const cache = createCache();
    write(cache, aConversation({ rev: 9, lastLine: 'newest' }));
    const answer = newestWins({ conversations: { edges: [{ node: aConversation({ rev: 4, lastLine: 'old' }) }] } }, cache);
    expect(answer.conversations.edges[0]?.node).toMatchObject({ rev: 9, lastLine: 'newest' });
  });

  it('lets a newer one through', () => {
    const cache = createCache();
    write(cache, aConversation({ rev: 3 }));
    expect(newestWins(aConversation({ rev: 4, lastLine: 'new' }), cache)).toMatchObject({ rev: 4, lastLine: 'new' });
  });

  it('keeps the read mark at its highest', () => {
    const cache = createCache();
    write(cache, aConversation({ rev: 1, readCount: 5 }));
    write(cache, aConversation({ rev: 2, readCount: 3 }));
    const found = cache.readFragment<Conversation>({
      id: 'Conversation:c1',
      fragment: conversationFields,
      fragmentName: 'ConversationFields',
    });
    expect(found?.readCount).toBe(5);
    expect(cachedConversation(cache, 'c1')?.rev).toBe(2);
  });

  it('joins the pages of a list without showing a row twice', () => {
    const cache = createCache();
    const filter = { scope: 'ALL' as const };
    const page = (ids: string[], hasNextPage: boolean): ConversationConnection => ({
      __typename: 'ConversationConnection',
      edges: ids.map((id) => ({ __typename: 'ConversationEdge', cursor: id, node: aConversation({ id }) })),
      pageInfo: { __typename: 'PageInfo', hasNextPage, endCursor: ids.at(-1) ?? null },
    });
    cache.writeQuery({ query: conversationsQuery, variables: { filter }, data: { conversations: page(['a', 'b'], true) } });
    cache.writeQuery({ query: conversationsQuery, variables: { filter, after: 'b' }, data: { conversations: page(['b', 'c'], false) } });
    cache.writeQuery({ query: conversationsQuery, variables: { filter }, data: { conversations: page(['new', 'a'], true) } });
    const found = cache.readQuery({ query: conversationsQuery, variables: { filter } })?.conversations;
    expect(found?.edges.map((edge) => edge.node.id)).toEqual(['new', 'a', 'b', 'c']);
    expect(found?.pageInfo.hasNextPage).toBe(false);
  });
});
