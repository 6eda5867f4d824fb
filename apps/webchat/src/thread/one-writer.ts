import { Turnstile } from '@cordboard/persistence';

/** Passed by everybody who locks threads, before the first lock. */
export const threadTurnstile = new Turnstile();
