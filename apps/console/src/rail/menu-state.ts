import { createStore } from '../shared/store';

/** Whether the presence menu is open: Ctrl+. opens it too. */
export const presenceMenu = createStore(false);
