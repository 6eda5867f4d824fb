import { recall, remember } from '../shared/storage';
import { createStore, type Store } from '../shared/store';

/** What a person is writing in one conversation; it survives leaving, reload and a crash. */
export interface Draft {
  text: string;
  /** For colleagues only. Kept with an empty text too: who asked for a note must never find a reply under their hands. */
  note: boolean;
}

const nothing: Draft = { text: '', note: false };

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' && value !== null && typeof (value as Draft).text === 'string' && typeof (value as Draft).note === 'boolean';

/**
 * The draft itself, true from the moment it is set: keys may come faster than the screen is drawn, and what is typed
 * after `n` belongs to the note.
 */
export const openDraft = (personId: string, conversationId: string): Store<Draft> => {
  const key = `draft.${personId}.${conversationId}`;
  const draft = createStore(recall(key, isDraft) ?? nothing);
  draft.subscribe(() => {
    const { text, note } = draft.get();
    remember(key, text === '' && !note ? null : { text, note });
  });
  return draft;
};
