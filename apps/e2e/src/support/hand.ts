/** What a person works with: a mouse and the keys, or the keys alone. Every story is told with both. */
export type Hand = 'mouse' | 'keyboard';

export const hands: readonly Hand[] = ['mouse', 'keyboard'];
