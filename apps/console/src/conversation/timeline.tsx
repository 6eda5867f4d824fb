import { IconArrowDown } from '@cordboard/ui';
import { UnstyledButton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '../api/server-clock';
import type { Conversation } from '../api/types';
import type { Thread } from '../live/thread';
import { customerName } from '../shared/names';
import { useSession } from '../shared/session';
import { dayWords } from '../shared/time-words';
import { Bubble } from './bubble';
import { systemWords } from './system-words';
import type { Item } from './timeline-items';

/** Where each conversation was scrolled to, while the window lives; absent means at the newest. */
const places = new Map<string, number>();
const nearEndPx = 48;

const guess = (item: Item | undefined) => (item?.kind === 'message' ? 62 : item?.kind === 'note' ? 64 : 32);

function Shown({ item, conversation }: { item: Item; conversation: Conversation }) {
  const { t, i18n } = useTranslation();
  const { viewer } = useSession();
  if (item.kind === 'day') return <div className="day">{dayWords(item.at, serverNow(), t, i18n.language)}</div>;
  if (item.kind === 'unread') return <div className="unread-line">{t('timeline.new')}</div>;
  if (item.kind === 'system') {
    return (
      <div className="system">
        {item.entries.map((entry, index) => (
          <span
            key={entry.id}
            data-testid="timeline-entry"
            data-entry-id={entry.id}
            data-seq={entry.seq}
            data-author={entry.author}
            data-kind={entry.kind}
            data-status=""
          >
            {index > 0 ? ' · ' : ''}
            {systemWords(entry, viewer.id, t)}
          </span>
        ))}
      </div>
    );
  }
  return <Bubble line={item.line} tenantId={conversation.tenantId} customer={customerName(conversation, t)} />;
}

interface TimelineProps {
  conversation: Conversation;
  thread: Thread;
  items: readonly Item[];
  /** Told when the newest entry is in sight, and when it no longer is. */
  onAtEnd: (atEnd: boolean) => void;
}

/** The conversation's log, virtualised; it stays at the newest while one is there, and where one left it otherwise. */
export function Timeline({ conversation, thread, items, onAtEnd }: TimelineProps) {
  const { t } = useTranslation();
  const { live } = useSession();
  const scroller = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(!places.has(conversation.id));
  const [seenSeq, setSeenSeq] = useState(0);
  const newest = thread.entries.at(-1)?.seq ?? 0;
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => guess(items[index]),
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 12,
    paddingStart: 16,
    paddingEnd: 12,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: nearEndPx,
    initialOffset: () => places.get(conversation.id) ?? Number.MAX_SAFE_INTEGER,
  });

  useLayoutEffect(() => {
    if (!places.has(conversation.id)) virtual.scrollToEnd();
  }, [conversation.id, virtual]);

  useEffect(() => {
    onAtEnd(atEnd);
    if (atEnd) setSeenSeq(newest);
  }, [atEnd, newest, onAtEnd]);

  const lastOwn = items.at(-1);
  const pendingKey = lastOwn && 'line' in lastOwn && lastOwn.line.pending ? lastOwn.key : null;
  useEffect(() => {
    if (pendingKey) virtual.scrollToEnd();
  }, [pendingKey, virtual]);

  const onScroll = () => {
    const box = scroller.current;
    if (!box) return;
    const end = box.scrollHeight - box.scrollTop - box.clientHeight < nearEndPx;
    if (end) places.delete(conversation.id);
    else places.set(conversation.id, box.scrollTop);
    setAtEnd(end);
    if (box.scrollTop < 400 && thread.hasMore) void live.threads.older(conversation.tenantId, conversation.id);
  };
  const missed = thread.entries.filter((entry) => entry.seq > seenSeq && entry.kind !== 'SYSTEM').length;

  return (
    <div className="timeline-frame">
      <div
        ref={scroller}
        className="timeline"
        role="log"
        aria-live="off"
        aria-label={t('timeline.label', { name: customerName(conversation, t) })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={onScroll}
        onKeyDown={walkEntries}
      >
        <div className="timeline-all" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((row) => {
            const item = items[row.index];
            return item ? (
              <div
                key={row.key}
                data-index={row.index}
                ref={virtual.measureElement}
                className="timeline-item"
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <Shown item={item} conversation={conversation} />
              </div>
            ) : null;
          })}
        </div>
      </div>
      {atEnd ? null : (
        <UnstyledButton className="jump" onClick={() => virtual.scrollToEnd()}>
          <IconArrowDown size={16} aria-hidden="true" />
          {missed > 0 ? t('timeline.jumpNew', { count: missed }) : t('timeline.jump')}
        </UnstyledButton>
      )}
    </div>
  );
}

/** Arrow keys inside the log move from entry to entry, so that times and marks can be read without a mouse. */
const walkEntries = (event: KeyboardEvent<HTMLDivElement>) => {
  if (event.key === 'Enter' && document.activeElement?.matches('.entry')) {
    document.activeElement.querySelector<HTMLElement>('.entry-time')?.click();
    return;
  }
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const entries = [...event.currentTarget.querySelectorAll<HTMLElement>('.entry')].sort(
    (a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top,
  );
  const at = entries.indexOf(document.activeElement as HTMLElement);
  const next = at < 0 ? entries.at(-1) : entries[at + (event.key === 'ArrowUp' ? -1 : 1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
};
