/** What a page may ask of the widget: `cordboard('open')`. */
export type Command = 'open' | 'close' | 'toggle';

interface CordboardFunction {
  (command: Command): void;
  /** Calls made before the loader had come. */
  q?: ArrayLike<Command>[];
}

declare global {
  interface Window {
    cordboard?: CordboardFunction;
  }
}

/**
 * Calls a page made before this script arrived, through the stub it may define:
 *   window.cordboard = window.cordboard || function () { (cordboard.q = cordboard.q || []).push(arguments) }
 */
export function commandQueue(): [Command][] {
  return Array.from(window.cordboard?.q ?? [], (call) => [call[0] as Command]);
}
