import { Hint, IconNote, tenantColour } from '@cordboard/ui';
import { Button, UnstyledButton } from '@mantine/core';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation, Tenant } from '../api/types';
import { useSession } from '../shared/session';
import { useStore } from '../shared/store';
import { openDraft } from './drafts';
import { TypingLine } from './typing-line';
import { useTypingSignal } from './use-typing-signal';

const lineHeightPx = 20;
const mostLines = 8;
const longest = 4096;

/** Other parts ask the composer for something through this: `r`, `n`, the header's Note. */
export const composerCommands = new EventTarget();

/** Where one writes, keyed by its conversation: a reply, or a note in a frame nobody can take for a reply. */
export function Composer({ conversation, tenant }: { conversation: Conversation; tenant: Tenant | undefined }) {
  const { t } = useTranslation();
  const { viewer, outbox } = useSession();
  const [draft] = useState(() => openDraft(viewer.id, conversation.id));
  const { text, note: asNote } = useStore(draft);
  const field = useRef<HTMLTextAreaElement>(null);
  const signal = useTypingSignal(conversation);
  const closed = conversation.state === 'CLOSED';
  const note = asNote || closed;

  useLayoutEffect(() => {
    const box = field.current;
    if (!box) return;
    box.style.height = 'auto';
    const padding = 16;
    box.style.height = `${Math.min(box.scrollHeight, mostLines * lineHeightPx + padding)}px`;
  });

  useEffect(() => {
    const onCommand = (event: Event) => {
      draft.set((now) => ({ ...now, note: event.type === 'note' }));
      field.current?.focus();
    };
    for (const type of ['reply', 'note']) composerCommands.addEventListener(type, onCommand);
    return () => {
      for (const type of ['reply', 'note']) composerCommands.removeEventListener(type, onCommand);
    };
  }, [draft]);

  const send = () => {
    const now = draft.get();
    const words = now.text.trim();
    if (!words) return field.current?.focus();
    const { tenantId, id: conversationId } = conversation;
    outbox.add({ tenantId, conversationId, kind: now.note || closed ? 'NOTE' : 'MESSAGE', text: words });
    signal.stop();
    draft.set({ text: '', note: false });
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  const colour = tenant ? tenantColour(tenant.colour) : 'var(--quiet)';
  return (
    <form
      className="composer"
      data-note={note || undefined}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="composer-as">
        {note ? (
          <>
            <IconNote size={14} aria-hidden="true" />
            <span>{t('composer.noteGround')}</span>
          </>
        ) : (
          <>
            <span className="swatch" style={{ background: colour }} />
            <span>
              {t('composer.answeringFor')}{' '}
              <b className="tenant-name" style={{ color: colour }}>
                {tenant?.name}
              </b>
            </span>
          </>
        )}
        <TypingLine conversation={conversation} />
      </div>
      <textarea
        ref={field}
        rows={1}
        dir="auto"
        maxLength={longest}
        data-testid="composer-input"
        aria-label={note ? t('composer.noteLabel') : t('composer.label', { tenant: tenant?.name ?? '' })}
        placeholder={note ? t('composer.notePlaceholder') : t('composer.placeholder')}
        value={text}
        onChange={(event) => {
          const written = event.currentTarget.value;
          // A note begun while the conversation is closed stays one when a colleague takes it back.
          draft.set((now) => ({ text: written, note: now.note || closed }));
          if (!note) signal.typed(written !== '');
        }}
        onBlur={signal.stop}
        onKeyDown={onKeyDown}
      />
      <div className="composer-bar">
        {closed ? null : (
          <UnstyledButton className="mode-button" aria-pressed={note} onClick={() => draft.set((now) => ({ ...now, note: !now.note }))}>
            <IconNote size={16} aria-hidden="true" />
            {t('composer.note')}
          </UnstyledButton>
        )}
        <span className="small faint composer-help">{t('composer.help')}</span>
        <Button type="submit" className="btn-primary">
          {note ? t('composer.saveNote') : t('composer.send')}
          <Hint>↵</Hint>
        </Button>
      </div>
    </form>
  );
}
