import { recall, remember } from '../shared/storage';

/** What a person was writing, per conversation; it survives leaving, reload and a crash. */
export interface Draft {
  text: string;
  note: boolean;
}

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' && value !== null && typeof (value as Draft).text === 'string' && typeof (value as Draft).note === 'boolean';

const key = (personId: string, conversationId: string) => `draft.${personId}.${conversationId}`;

export const loadDraft = (personId: string, conversationId: string): Draft =>
  recall(key(personId, conversationId), isDraft) ?? { text: '', note: false };

export const saveDraft = (personId: string, conversationId: string, draft: Draft): void => {
  remember(key(personId, conversationId), draft.text === '' ? null : draft);
};
