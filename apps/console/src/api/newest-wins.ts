import type { ApolloCache } from '@apollo/client';
import { conversationHead, presenceFields } from './fragments.graphql';
import type { Conversation, Presence } from './types';

/**
 * Answers and events cross on the wire. Before anything reaches the cache, each conversation in it is compared by `rev` (each
 * presence by `version`) with what is cached, and an older one is replaced by the cached one.
 */
export const newestWins = <T>(value: T, cache: ApolloCache): T => {
  if (Array.isArray(value)) return value.map((item) => newestWins(item, cache)) as T;
  if (value === null || typeof value !== 'object') return value;
  const object = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, newestWins(inner, cache)]));
  return newestOf(object, cache) as T;
};

const newestOf = (object: Record<string, unknown>, cache: ApolloCache): Record<string, unknown> => {
  if (object.__typename === 'Conversation' && typeof object.rev === 'number') {
    const cached = cachedConversation(cache, String(object.id));
    return cached && cached.rev > object.rev ? { ...object, ...cached } : object;
  }
  if (object.__typename === 'Presence' && typeof object.version === 'number') {
    const cached = cache.readFragment<Presence>({ fragment: presenceFields, id: `Presence:${String(object.personId)}` });
    return cached && cached.version > object.version ? { ...object, ...cached } : object;
  }
  return object;
};

/** A conversation as it is cached, without the viewer's own read mark; `hoped` counts what is shown before it is confirmed. */
export const cachedConversation = (cache: ApolloCache, id: string, hoped = false): Omit<Conversation, 'readCount'> | null =>
  cache.readFragment<Conversation>({ fragment: conversationHead, fragmentName: 'ConversationHead', id: `Conversation:${id}` }, hoped);
