import { useQuery } from '@apollo/client/react';
import { IconArrowLeft, IconMessages, Late, Place } from '@cordboard/ui';
import { UnstyledButton } from '@mantine/core';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { conversationQuery, timelineQuery } from '../api/conversations.graphql';
import type { Conversation } from '../api/types';
import { isMine, isWaiting } from '../live/lists';
import type { Thread } from '../live/thread';
import { threadStatus } from '../live/threads';
import { later } from '../shared/later';
import { closePane } from '../shared/route';
import { useAgents, useMay, useSession, useTenants } from '../shared/session';
import { useStore } from '../shared/store';
import { Announcer } from './announcer';
import { ThreadBones } from './bones';
import { Composer } from './composer';
import { ConversationHeader } from './conversation-header';
import { openDialog } from './dialogs';
import { Timeline } from './timeline';
import { buildItems } from './timeline-items';
import { useMarkRead, useUnreadLine } from './use-reading';

const CloseDialog = later(() => import('./close-dialog'));
const TransferDialog = later(() => import('./transfer-dialog'));

function Talk({ conversation, thread }: { conversation: Conversation; thread: Thread }) {
  const { outbox, viewer } = useSession();
  const outgoing = useStore(outbox.items);
  const [atEnd, setAtEnd] = useState(true);
  const unreadFrom = useUnreadLine(conversation, thread);
  useMarkRead(conversation, atEnd);
  const items = useMemo(
    () =>
      buildItems(
        thread.entries,
        outgoing.filter((item) => item.conversationId === conversation.id),
        viewer,
        unreadFrom,
      ),
    [thread.entries, outgoing, conversation.id, viewer, unreadFrom],
  );
  return (
    <>
      <Timeline conversation={conversation} thread={thread} items={items} onAtEnd={setAtEnd} />
      <Announcer conversation={conversation} thread={thread} />
    </>
  );
}

function Dialogs({ conversation }: { conversation: Conversation }) {
  const dialog = useStore(openDialog);
  const tenant = useTenants().get(conversation.tenantId);
  const done = useCallback(() => openDialog.set(null), []);
  useEffect(() => done, [done]);
  if (!dialog || dialog.conversationId !== conversation.id || !tenant) return null;
  return dialog.name === 'close' ? (
    <CloseDialog conversation={conversation} tenant={tenant} onDone={done} />
  ) : (
    <TransferDialog conversation={conversation} onDone={done} />
  );
}

/** Words above the composer when a colleague has the conversation: advice, not a lock. */
function Advice({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const { viewer } = useSession();
  const agents = useAgents();
  if (conversation.state === 'CLOSED') return <p className="advice">{t('conversation.closedAdvice')}</p>;
  if (conversation.workState !== 'ACTIVE' || conversation.assigneeId === viewer.id) return null;
  const name = agents.find((agent) => agent.id === conversation.assigneeId)?.name ?? t('list.colleague');
  return <p className="advice">{t('conversation.heldAdvice', { name })}</p>;
}

interface PaneProps {
  tenantId: string;
  conversationId: string;
  contextOpen: boolean;
  onContext: () => void;
}

/** One conversation: header, timeline, composer. The cached thread is shown in the next frame, then its gap is filled. */
export function ConversationPane({ tenantId, conversationId, contextOpen, onContext }: PaneProps) {
  const { t } = useTranslation();
  const { live, viewer } = useSession();
  const tenant = useTenants().get(tenantId);
  const mayReply = useMay('conversation:reply');
  const status = useStore(threadStatus)[conversationId];
  const { data, error, refetch } = useQuery(conversationQuery, { variables: { tenantId, id: conversationId } });
  const cached = useQuery(timelineQuery, { variables: { tenantId, conversationId }, fetchPolicy: 'cache-only' });
  const conversation = data?.conversation as Conversation | null | undefined;
  const thread = (cached.data?.timeline as Thread | undefined) ?? null;
  useEffect(() => {
    live.show({ tenantId, id: conversationId });
    return () => live.show(null);
  }, [live, tenantId, conversationId]);
  const elsewhere = conversation ? !isMine(conversation, viewer.id) && !isWaiting(conversation) && conversation.state === 'OPEN' : false;
  useEffect(() => {
    live.need('conversation', elsewhere);
    return () => live.need('conversation', false);
  }, [live, elsewhere]);

  const retry = () => {
    void refetch().catch(() => undefined);
    void live.threads.refresh(tenantId, conversationId);
  };
  if (conversation === null) {
    return (
      <Place
        title={t('conversation.missing.title')}
        text={t('conversation.missing.text')}
        action={{ label: t('conversation.missing.action'), run: closePane }}
      />
    );
  }
  if (!conversation) {
    return (
      <>
        <UnstyledButton className="icon-button only-narrow conversation-back" aria-label={t('common.back')} onClick={closePane}>
          <IconArrowLeft size={20} />
        </UnstyledButton>
        {error ? (
          <Failed retry={retry} />
        ) : (
          <Late>
            <ThreadBones />
          </Late>
        )}
      </>
    );
  }
  return (
    <>
      <ConversationHeader conversation={conversation} thread={thread} contextOpen={contextOpen} onContext={onContext} />
      {thread ? (
        <Talk conversation={conversation} thread={thread} />
      ) : status === 'failed' ? (
        <Failed retry={retry} />
      ) : (
        <div className="timeline-frame">
          <Late>
            <ThreadBones />
          </Late>
        </div>
      )}
      {mayReply ? (
        <>
          <Advice conversation={conversation} />
          <Composer key={conversation.id} conversation={conversation} tenant={tenant} />
        </>
      ) : null}
      <Dialogs conversation={conversation} />
    </>
  );
}

function Failed({ retry }: { retry: () => void }) {
  const { t } = useTranslation();
  return (
    <Place
      alert
      title={t('conversation.failed.title')}
      text={t('conversation.failed.text')}
      action={{ label: t('common.retry'), run: retry }}
    />
  );
}

/** What stands in the middle while nothing is open. */
export function NothingOpen() {
  const { t } = useTranslation();
  return <Place icon={<IconMessages size={32} stroke={1.3} />} title={t('conversation.none.title')} text={t('conversation.none.text')} />;
}
