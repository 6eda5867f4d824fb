import { createStore } from './store';

/** A line at the bottom that says what happened, with at most one thing to do about it. */
export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'bad';
  action?: { label: string; run: () => void };
  forMs: number;
}

export const toasts = createStore<readonly Toast[]>([]);
let last = 0;

export const closeToast = (id: number): void => toasts.set((now) => now.filter((toast) => toast.id !== id));

export const showToast = (text: string, options: Partial<Omit<Toast, 'id' | 'text'>> = {}): number => {
  last += 1;
  const id = last;
  toasts.set((now) => [...now.filter((toast) => toast.text !== text).slice(-2), { id, text, tone: 'plain', forMs: 8000, ...options }]);
  return id;
};
