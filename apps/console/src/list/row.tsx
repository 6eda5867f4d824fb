import { Avatar, IconLock, IconWorld, tenantColour } from '@cordboard/ui';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation, Queue, Tenant } from '../api/types';
import { customerName } from '../shared/names';
import { ageWords, exactTime } from '../shared/time-words';
import { useNow } from '../shared/use-now';
import { WaitClock } from '../shared/wait-clock';
import { unread } from './use-lists';

function Age({ iso }: { iso: string }) {
  const { t, i18n } = useTranslation();
  return (
    <time dateTime={iso} title={exactTime(iso, i18n.language)}>
      {ageWords(iso, useNow(), t, i18n.language)}
    </time>
  );
}

export interface RowProps {
  conversation: Conversation;
  tenant: Tenant | undefined;
  queue: Queue | undefined;
  open: boolean;
  viewerId: string;
  /** Who else has it, if somebody has. */
  holder: string | null;
  onOpen: (conversation: Conversation) => void;
}

/** One conversation of the list, 64 px high. */
export const Row = memo(function Row({ conversation, tenant, queue, open, viewerId, holder, onOpen }: RowProps) {
  const { t } = useTranslation();
  const name = customerName(conversation, t);
  const count = unread(conversation);
  const waits = conversation.state === 'OPEN' ? conversation.unansweredSince : null;
  const ours = conversation.assigneeId === viewerId ? t('list.you') : t('list.us');
  return (
    <li>
      <button
        type="button"
        className={count > 0 ? 'row unread' : 'row'}
        data-testid="conversation-row"
        data-conversation-id={conversation.id}
        aria-current={open ? 'true' : undefined}
        onClick={() => onOpen(conversation)}
      >
        <span className="row-bar" style={{ background: tenant ? tenantColour(tenant.colour) : 'var(--line)' }} />
        <Avatar name={name} corner={<IconWorld size={11} stroke={1.8} />} />
        <span className="row-name">
          <bdi>{name}</bdi> <small>{tenant?.shortName}</small>
        </span>
        <span className="row-clock">
          {holder ? (
            <span className="row-lock" title={t('list.heldBy', { name: holder })}>
              <IconLock size={13} aria-hidden="true" />
              <span className="sr-only">{t('list.heldBy', { name: holder })}</span>
            </span>
          ) : null}
          {waits ? <WaitClock since={waits} queue={queue} /> : <Age iso={conversation.lastAt} />}
        </span>
        <span className="row-line one-line">
          {conversation.lastAuthor === 'AGENT' ? `${ours}: ` : ''}
          <bdi>{conversation.lastLine}</bdi>
        </span>
        <span className="row-count">
          {count > 0 ? (
            <span className="count">
              <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
              <span className="sr-only">{t('list.unread', { count })}</span>
            </span>
          ) : null}
        </span>
      </button>
    </li>
  );
});
