/** Every sentence the frame can say. `{…}` is filled in. */
export interface Texts {
  launcherOpen: string;
  launcherUnread: string;
  title: string;
  close: string;
  log: string;
  placeholder: string;
  send: string;
  sending: string;
  sent: string;
  notSent: string;
  waitsForConnection: string;
  tryAgain: string;
  connecting: string;
  offline: string;
  reconnecting: string;
  busy: string;
  refusedSite: string;
  tooLong: string;
  textRefused: string;
  typing: string;
  today: string;
  yesterday: string;
  earlier: string;
  toNewest: string;
  you: string;
  keptInMemory: string;
}

/** Puts values into a text's `{…}`. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
