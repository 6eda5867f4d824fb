import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../api/types';
import type { Thread } from '../live/thread';
import { customerName } from '../shared/names';

/** Reads out what the customer writes while the conversation is open; the virtualised log itself stays silent. */
export function Announcer({ conversation, thread }: { conversation: Conversation; thread: Thread }) {
  const { t } = useTranslation();
  const from = useRef(thread.entries.at(-1)?.seq ?? 0);
  const newest = thread.entries.findLast((entry) => entry.kind === 'MESSAGE' && entry.author === 'CUSTOMER');
  const text = newest && newest.seq > from.current ? `${customerName(conversation, t)}: ${newest.text}` : '';
  return (
    <div className="sr-only" aria-live="polite">
      {text}
    </div>
  );
}
