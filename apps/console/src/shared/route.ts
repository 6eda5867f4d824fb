import { createStore, useStore } from './store';

/** Where one is; kept in the address after `#`, so that back, reload and a link to a colleague work. */
export type Route =
  | { place: 'conversations'; tenantId: string | null; conversationId: string | null }
  | { place: 'waiting' }
  | { place: 'people' };

const parseRoute = (hash: string): Route => {
  const [place, tenantId, conversationId] = hash.replace(/^#\/?/, '').split('/');
  if (place === 'waiting' || place === 'people') return { place };
  const open = place === 'c' && tenantId && conversationId;
  return { place: 'conversations', tenantId: open ? tenantId : null, conversationId: open ? conversationId : null };
};

const routeHash = (route: Route): string => {
  if (route.place !== 'conversations') return `#/${route.place}`;
  return route.conversationId ? `#/c/${route.tenantId}/${route.conversationId}` : '#/';
};

const current = createStore<Route>(parseRoute(location.hash));
window.addEventListener('hashchange', () => current.set(parseRoute(location.hash)));

export const go = (route: Route): void => {
  current.set(route);
  if (location.hash !== routeHash(route)) history.pushState(null, '', routeHash(route));
};
window.addEventListener('popstate', () => current.set(parseRoute(location.hash)));

export const openConversation = (tenantId: string, conversationId: string): void =>
  go({ place: 'conversations', tenantId, conversationId });
export const closePane = (): void => go({ place: 'conversations', tenantId: null, conversationId: null });
export const currentRoute = (): Route => current.get();
export const useRoute = (): Route => useStore(current);
