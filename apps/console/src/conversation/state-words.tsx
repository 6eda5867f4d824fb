import { useTranslation } from 'react-i18next';
import type { Conversation, Queue, Tenant } from '../api/types';
import type { Thread } from '../live/thread';
import { localized } from '../shared/names';
import { useAgents, useSession } from '../shared/session';
import { ageWords } from '../shared/time-words';
import { useNow } from '../shared/use-now';
import { clockText } from '../shared/wait';
import { WaitClock } from '../shared/wait-clock';

function Since({ iso }: { iso: string }) {
  return <span>{clockText(useNow() - Date.parse(iso))}</span>;
}

const handed = new Set(['ACCEPTED', 'TAKEN', 'TRANSFERRED']);

/** The conversation's state in words: “Waiting 0:42”, “With you 6:20”, “Closed 10:12 · Booked”. */
export function StateWords(props: {
  conversation: Conversation;
  thread: Thread | null;
  queue: Queue | undefined;
  tenant: Tenant | undefined;
}) {
  const { conversation, thread, queue, tenant } = props;
  const { t, i18n } = useTranslation();
  const { viewer } = useSession();
  const agents = useAgents();
  const now = useNow();
  if (conversation.state === 'CLOSED') {
    const reason = tenant?.reasons.find((each) => each.id === conversation.reasonId);
    const outcome = tenant?.outcomes.find((each) => each.id === conversation.outcomeId);
    const when = conversation.closedAt ? ageWords(conversation.closedAt, now, t, i18n.language) : '';
    const how = [reason, outcome].flatMap((each) => (each ? [localized(each.name, i18n.language)] : []));
    return <span>{[`${t('state.closed')} ${when}`.trim(), ...how].join(' · ')}</span>;
  }
  if (conversation.workState === 'ACTIVE') {
    const since = thread?.entries.findLast((entry) => entry.system && handed.has(entry.system.code))?.occurredAt;
    const name = agents.find((agent) => agent.id === conversation.assigneeId)?.name ?? t('list.colleague');
    return (
      <span>
        {conversation.assigneeId === viewer.id ? t('state.withYou') : t('state.with', { name })} {since ? <Since iso={since} /> : null}
      </span>
    );
  }
  return (
    <span>
      {t(conversation.workState === 'OFFERED' ? 'state.offered' : 'state.waiting')}{' '}
      <WaitClock since={conversation.unansweredSince ?? conversation.openedAt} queue={queue} />
    </span>
  );
}
