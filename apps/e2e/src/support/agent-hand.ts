/** What an agent does in the window, whatever they do it with. Nothing here waits for the server; the stories do. */
export interface AgentHand {
  signIn(email: string, password: string): Promise<void>;
  /** `words` are the menu's: “Available”, “Offline”. */
  choosePresence(words: string): Promise<void>;
  accept(): Promise<void>;
  reply(text: string): Promise<void>;
  note(text: string): Promise<void>;
  close(reason: string, outcome: string): Promise<void>;
  undo(): Promise<void>;
  reopen(): Promise<void>;
  take(): Promise<void>;
  transfer(to: string): Promise<void>;
  showList(list: 'Mine' | 'Waiting' | 'All'): Promise<void>;
  /** Opens the conversation whose row says `words`. */
  openRow(words: string): Promise<void>;
}
