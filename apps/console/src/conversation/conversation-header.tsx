import { Avatar, Hint, IconArrowLeft, IconLayoutSidebarRight, tenantColour } from '@cordboard/ui';
import { Button, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../api/types';
import { isMine } from '../live/lists';
import type { Thread } from '../live/thread';
import { customerName, localized } from '../shared/names';
import { closePane } from '../shared/route';
import { useMay, useQueues, useSession, useTenants } from '../shared/session';
import { useCommands } from './commands';
import { composerCommands } from './composer';
import { type DialogName, openDialog } from './dialogs';
import { StateWords } from './state-words';

interface HeaderProps {
  conversation: Conversation;
  thread: Thread | null;
  contextOpen: boolean;
  onContext: () => void;
}

/** Who this is, for which client, in which state; and what can be done. */
export function ConversationHeader({ conversation, thread, contextOpen, onContext }: HeaderProps) {
  const { t, i18n } = useTranslation();
  const { viewer } = useSession();
  const tenant = useTenants().get(conversation.tenantId);
  const queue = useQueues().get(conversation.queueId ?? '');
  const commands = useCommands();
  const may = { take: useMay('work:take'), transfer: useMay('work:transfer'), close: useMay('conversation:close') };
  const mayReassign = useMay('work:reassign');
  const mine = isMine(conversation, viewer.id);
  const closed = conversation.state === 'CLOSED';
  const takeable = may.take && !closed && !mine && (conversation.workState !== 'ACTIVE' || mayReassign);
  const dialog = (name: DialogName) => () => openDialog.set({ name, conversationId: conversation.id });
  const name = customerName(conversation, t);
  return (
    <header className="conversation-header">
      <UnstyledButton className="icon-button only-narrow" aria-label={t('common.back')} onClick={closePane}>
        <IconArrowLeft size={20} />
      </UnstyledButton>
      <Avatar name={name} />
      <div className="conversation-who">
        <h2 className="one-line">
          <bdi>{name}</bdi>
        </h2>
        <div className="small quiet conversation-facts">
          <span className="tenant-name" style={{ color: tenant ? tenantColour(tenant.colour) : undefined }}>
            {tenant?.name}
          </span>
          {queue ? <span className="one-line">{localized(queue.name, i18n.language)}</span> : null}
          <StateWords conversation={conversation} thread={thread} queue={queue} tenant={tenant} />
        </div>
      </div>
      <div className="conversation-acts">
        {closed ? null : (
          <Button
            variant="subtle"
            className="act-note"
            aria-keyshortcuts="N"
            onClick={() => composerCommands.dispatchEvent(new Event('note'))}
          >
            {t('conversation.note')}
            <Hint>N</Hint>
          </Button>
        )}
        {takeable ? (
          <Button className="btn-primary" onClick={() => void commands.take(conversation)}>
            {t('conversation.take')}
          </Button>
        ) : null}
        {may.transfer && !closed && (mine || mayReassign) ? (
          <Button variant="default" aria-keyshortcuts="T" onClick={dialog('transfer')}>
            {t('conversation.transfer')}
            <Hint>T</Hint>
          </Button>
        ) : null}
        {may.close && !closed ? (
          <Button variant="default" aria-keyshortcuts="E" onClick={dialog('close')}>
            {t('conversation.close')}
            <Hint>E</Hint>
          </Button>
        ) : null}
        {may.close && closed ? (
          <Button variant="default" onClick={() => void commands.reopen(conversation)}>
            {t('conversation.reopen')}
          </Button>
        ) : null}
        <UnstyledButton
          className="icon-button"
          aria-label={t('conversation.context')}
          aria-expanded={contextOpen}
          aria-keyshortcuts="I"
          title={t('conversation.context')}
          onClick={onContext}
        >
          <IconLayoutSidebarRight size={18} />
        </UnstyledButton>
      </div>
    </header>
  );
}
