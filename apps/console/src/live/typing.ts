import { createStore } from '../shared/store';
import type { TypingEvent } from './live.graphql';

export interface Typist {
  conversationId: string;
  name: string | null;
  customer: boolean;
}

/** Who is typing where; a sign of typing fades after 6 s unless it is repeated. */
export const typists = createStore<readonly Typist[]>([]);
const fadeAfterMs = 6_000;
const fades = new Map<string, ReturnType<typeof setTimeout>>();

const keyOf = (typist: Typist) => `${typist.conversationId}:${typist.customer ? '' : (typist.name ?? '?')}`;

export const noteTyping = ({ conversationId, name, customer, typing }: TypingEvent): void => {
  const typist = { conversationId, name, customer };
  const key = keyOf(typist);
  clearTimeout(fades.get(key));
  fades.delete(key);
  typists.set((now) => {
    const others = now.filter((each) => keyOf(each) !== key);
    if (!typing) return others.length === now.length ? now : others;
    return [...others, typist];
  });
  if (typing)
    fades.set(
      key,
      setTimeout(() => noteTyping({ tenantId: '', conversationId, name, customer, typing: false }), fadeAfterMs),
    );
};

/** A message of the customer has come: they are not typing it any more. */
export const customerWrote = (conversationId: string): void => {
  typists.set((now) => {
    const others = now.filter((each) => !(each.conversationId === conversationId && each.customer));
    return others.length === now.length ? now : others;
  });
};
