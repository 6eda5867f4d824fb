/** Cordboard cannot start, and the person at the terminal can mend it: one line says how. */
export class StartError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StartError';
  }
}
