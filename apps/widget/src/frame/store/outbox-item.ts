/** A message the visitor wrote and the server has not acknowledged yet. */
export interface OutboxItem {
  clientMsgId: string;
  text: string;
  /** Order of writing: a count that never goes back, whatever the clock does. */
  order: number;
  at: string;
  traceparent: string;
  state: 'waiting' | 'failed';
}
