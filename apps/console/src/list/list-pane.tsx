import { Hint, IconInbox, IconSearch, Late, Place } from '@cordboard/ui';
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../api/types';
import { allClosedFilter, allOpenFilter } from '../live/lists';
import { openConversation, useRoute } from '../shared/route';
import { useAgents, useQueues, useSession, useTenants } from '../shared/session';
import { useStore } from '../shared/store';
import { Bones } from './bones';
import { holdOrder } from './order';
import { Row } from './row';
import { closedShown, listTab, type Tab } from './tab';
import { type ListState, useConversations, useCounts, useMine, useWaiting } from './use-lists';

const isOpen = (conversation: Conversation) => conversation.state === 'OPEN';
const isClosed = (conversation: Conversation) => conversation.state === 'CLOSED';

function Rows({ list, tab }: { list: ListState; tab: Tab }) {
  const { t } = useTranslation();
  const { viewer } = useSession();
  const tenants = useTenants();
  const queues = useQueues();
  const agents = useAgents();
  const route = useRoute();
  const [pointed, setPointed] = useState(false);
  const shown = useRef<string[]>([]);
  const sorted = list.rows.map((row) => row.id);
  shown.current = pointed ? holdOrder(shown.current, sorted) : sorted;
  const byId = new Map(list.rows.map((row) => [row.id, row]));
  const openId = route.place === 'conversations' ? route.conversationId : null;
  const holderOf = ({ assigneeId }: Conversation) =>
    assigneeId && assigneeId !== viewer.id ? (agents.find((agent) => agent.id === assigneeId)?.name ?? t('list.colleague')) : null;
  return (
    <ul
      className="rows"
      aria-label={t(`list.tab.${tab}`)}
      onPointerEnter={(event) => setPointed(event.pointerType === 'mouse')}
      onPointerLeave={() => setPointed(false)}
    >
      {shown.current.map((id) => {
        const conversation = byId.get(id);
        return conversation ? (
          <Row
            key={id}
            conversation={conversation}
            tenant={tenants.get(conversation.tenantId)}
            queue={queues.get(conversation.queueId ?? '')}
            open={id === openId}
            viewerId={viewer.id}
            holder={holderOf(conversation)}
            onOpen={(chosen) => openConversation(chosen.tenantId, chosen.id)}
          />
        ) : null;
      })}
      {list.more ? (
        <li className="rows-more">
          <Button variant="default" onClick={list.more}>
            {t('list.more')}
          </Button>
        </li>
      ) : null}
    </ul>
  );
}

function ListBody({ list, tab }: { list: ListState; tab: Tab }) {
  const { t } = useTranslation();
  if (list.failed) {
    return (
      <Place alert title={t('list.failed.title')} text={t('list.failed.text')} action={{ label: t('common.retry'), run: list.retry }} />
    );
  }
  if (!list.loaded) {
    return (
      <Late>
        <Bones />
      </Late>
    );
  }
  if (list.rows.length > 0) return <Rows list={list} tab={tab} />;
  const action = tab === 'mine' ? { label: t('list.empty.mine.action'), run: () => listTab.set('waiting') } : null;
  return (
    <Place
      icon={<IconInbox size={28} stroke={1.4} />}
      title={t(`list.empty.${tab}.title`)}
      text={t(`list.empty.${tab}.text`)}
      {...(action ? { action } : {})}
    />
  );
}

function MineList() {
  return <ListBody list={useMine()} tab="mine" />;
}
function WaitingList() {
  return <ListBody list={useWaiting()} tab="waiting" />;
}
function AllList() {
  const { t } = useTranslation();
  const closed = useStore(closedShown);
  const list = useConversations(closed ? allClosedFilter : allOpenFilter, closed ? isClosed : isOpen, true);
  return (
    <>
      <fieldset className="segments" aria-label={t('list.which')}>
        <button type="button" aria-pressed={!closed} onClick={() => closedShown.set(false)}>
          {t('list.open')}
        </button>
        <button type="button" aria-pressed={closed} onClick={() => closedShown.set(true)}>
          {t('list.closed')}
        </button>
      </fieldset>
      <ListBody list={list} tab="all" />
    </>
  );
}

/** The list of conversations: Mine, Waiting, All. */
export function ListPane({ onPalette }: { onPalette: () => void }) {
  const { t } = useTranslation();
  const tab = useStore(listTab);
  const counts = useCounts();
  const { live } = useSession();
  useEffect(() => {
    live.need('all', tab === 'all');
    return () => live.need('all', false);
  }, [live, tab]);
  const numbers = { mine: counts.mine, waiting: counts.waiting, all: counts.open };
  return (
    <section className="list" aria-label={t('list.label')}>
      <header>
        <button type="button" className="search" onClick={onPalette} aria-keyshortcuts="Control+K">
          <IconSearch size={15} aria-hidden="true" />
          <span>{t('palette.open')}</span>
          <Hint>Ctrl K</Hint>
        </button>
        <fieldset className="tabs" aria-label={t('list.label')}>
          {(['mine', 'waiting', 'all'] as const).map((each) => (
            <button key={each} type="button" aria-pressed={tab === each} onClick={() => listTab.set(each)}>
              {t(`list.tab.${each}`)}
              <em>{numbers[each] ?? ''}</em>
            </button>
          ))}
        </fieldset>
      </header>
      <div className="list-body">{tab === 'mine' ? <MineList /> : tab === 'waiting' ? <WaitingList /> : <AllList />}</div>
    </section>
  );
}
