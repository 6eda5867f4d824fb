import { createStore } from '../shared/store';

export type Tab = 'mine' | 'waiting' | 'all';

/** Which list is on screen. */
export const listTab = createStore<Tab>('mine');
export const closedShown = createStore(false);
