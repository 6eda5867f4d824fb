import type { ThreadMessage } from '@cordboard/webchat-protocol';
import type { OutboxItem } from '../store/outbox-item';

/** One bubble, and whether its run of one author ends with it (then it carries name and time). */
export interface LogRow {
  key: string;
  from: 'visitor' | 'agent';
  text: string;
  authorName: string | null;
  at: string;
  delivery: 'committed' | 'waiting' | 'failed';
  clientMsgId: string | null;
  /** The day this row begins, null when it is the same as the row before. */
  newDay: Date | null;
  endsRun: boolean;
}

/** Messages closer than this stand in one run. */
const runMs = 5 * 60_000;

/** The thread and what is still on its way, in the order the visitor sees. */
export function logRows(messages: readonly ThreadMessage[], outbox: readonly OutboxItem[]): LogRow[] {
  const rows: LogRow[] = [
    ...messages.map((message): LogRow => ({ ...plain(message), key: message.clientMsgId ?? message.id, delivery: 'committed' })),
    ...outbox.map(
      (item): LogRow => ({
        ...plain({ ...item, from: 'visitor', authorName: null }),
        key: item.clientMsgId,
        delivery: item.state,
      }),
    ),
  ];
  rows.forEach((row, index) => {
    const before = rows[index - 1];
    const after = rows[index + 1];
    row.newDay = before && sameDay(before.at, row.at) ? null : new Date(row.at);
    row.endsRun =
      !after ||
      after.from !== row.from ||
      after.authorName !== row.authorName ||
      after.delivery !== row.delivery ||
      !sameDay(after.at, row.at) ||
      Date.parse(after.at) - Date.parse(row.at) > runMs;
  });
  return rows;
}

function plain(source: Pick<LogRow, 'from' | 'text' | 'authorName' | 'at' | 'clientMsgId'>) {
  const { from, text, authorName, at, clientMsgId } = source;
  return { from, text, authorName, at, clientMsgId, newDay: null, endsRun: true };
}

export const sameDay = (a: string | Date, b: string | Date) => new Date(a).toDateString() === new Date(b).toDateString();
