import { Turnstile } from '@cordboard/persistence';

/** Passed by everybody who locks contacts and conversations, before the first lock. */
export const ledgerTurnstile = new Turnstile();
