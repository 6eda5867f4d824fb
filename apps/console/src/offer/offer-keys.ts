/** Where the keyboard is when an offer rings. */
export interface Focus {
  /** The caret is in a text field. */
  typing: boolean;
  /** A button or link other than the offer's own has the focus: Enter and Esc are its business. */
  onControl: boolean;
  /** A dialog or a menu is open. */
  dialog: boolean;
}
export interface Pressed {
  key: string;
  ctrl: boolean;
  other: boolean;
}

/**
 * What a key means for the offer on screen. It never takes a key from a text being typed, a dialog or a focused control:
 * there it waits for Ctrl+Enter (which a dialog keeps for itself). Esc declines only where Esc means nothing else.
 */
export const offerKey = ({ key, ctrl, other }: Pressed, { typing, onControl, dialog }: Focus): 'accept' | 'decline' | null => {
  if (dialog || other) return null;
  if (key === 'Enter' && ctrl) return 'accept';
  if (ctrl || typing) return null;
  if (key === 'Enter') return onControl ? null : 'accept';
  return key === 'Escape' ? 'decline' : null;
};

/** The hint on the button: what one has to press right now. */
export const acceptHint = ({ typing, onControl }: Focus): string => (typing || onControl ? 'Ctrl ↵' : '↵');
