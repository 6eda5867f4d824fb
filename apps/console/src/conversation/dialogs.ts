import { createStore } from '../shared/store';

export type DialogName = 'close' | 'transfer';

/** Which dialog of the open conversation is on screen. */
export const openDialog = createStore<{ name: DialogName; conversationId: string } | null>(null);
