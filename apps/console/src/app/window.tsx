import { useQuery } from '@apollo/client/react';
import { Late, Place } from '@cordboard/ui';
import { useMediaQuery } from '@mantine/hooks';
import { type CSSProperties, lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { conversationQuery } from '../api/conversations.graphql';
import type { Conversation } from '../api/types';
import { ContextPane } from '../context/context-pane';
import { ConversationPane, NothingOpen } from '../conversation/conversation-pane';
import type { Act } from '../keyboard/keymap';
import { useKeyboard } from '../keyboard/use-keyboard';
import { ListPane } from '../list/list-pane';
import { unread, useMine, useWaiting } from '../list/use-lists';
import { OfferStack } from '../offer/offer-stack';
import { playMessage } from '../offer/sound';
import { AwayLine } from '../rail/away-line';
import { ConnectionLine } from '../rail/connection-line';
import { Rail } from '../rail/rail';
import { fetchParts, later } from '../shared/later';
import { useRoute } from '../shared/route';
import { useSession } from '../shared/session';
import { contextShown, contextWidth, listWidth, messageSound } from '../shared/settings';
import { useStore } from '../shared/store';
import { Resizer } from './resizer';
import { useActs } from './use-acts';

const BoardPage = lazy(() => import('../board/board-page'));
const PeoplePage = lazy(() => import('../people/people-page'));
const PaletteDialog = later(() => import('../palette/palette-dialog'));
const SheetDialog = later(() => import('../keyboard/sheet-dialog'));

/** Acts that make sense in the palette, as words. */
const paletteActs: readonly Act[] = [
  'take',
  'close',
  'transfer',
  'note',
  'reply',
  'context',
  'go-mine',
  'go-waiting',
  'go-all',
  'go-board',
  'go-people',
  'sheet',
];

/** The signed-in window: rail, list, conversation, context, and whatever rings. */
export function Window() {
  const { t } = useTranslation();
  const { live } = useSession();
  const route = useRoute();
  const tenantId = route.place === 'conversations' ? route.tenantId : null;
  const conversationId = route.place === 'conversations' ? route.conversationId : null;
  const opened = useQuery(conversationQuery, {
    variables: { tenantId: tenantId ?? '', id: conversationId ?? '' },
    skip: !conversationId,
    fetchPolicy: 'cache-only',
  });
  const open = (conversationId ? (opened.data?.conversation as Conversation | null | undefined) : null) ?? null;
  const mine = useMine().rows;
  const waiting = useWaiting().rows.length;
  const unreadTotal = mine.reduce((sum, row) => sum + unread(row), 0);
  const [dialog, setDialog] = useState<'palette' | 'sheet' | null>(null);
  const wide = useMediaQuery('(min-width: 1280px)', true, { getInitialValueInEffect: false });
  const chosen = useStore(contextShown);
  const beside = useMediaQuery('(min-width: 1024px)', true, { getInitialValueInEffect: false });
  const [drawer, setDrawer] = useState(false);
  const contextOpen = beside ? (chosen ?? wide ?? true) : drawer;
  const onContext = useCallback(() => {
    if (beside) contextShown.set(!contextOpen);
    else setDrawer((now) => !now);
  }, [beside, contextOpen]);
  const onPalette = useCallback(() => setDialog((now) => (now === 'palette' ? null : 'palette')), []);
  const onSheet = useCallback(() => setDialog('sheet'), []);
  const onDone = useCallback(() => setDialog(null), []);
  const act = useActs({ open, mine, onPalette, onSheet, onContext });
  useKeyboard(act);
  useEffect(fetchParts, []);
  const [drawerOf, setDrawerOf] = useState(conversationId);
  if (drawerOf !== conversationId) {
    setDrawerOf(conversationId);
    setDrawer(false);
  }
  useEffect(
    () => live.onCustomerWrote(({ conversation }) => messageSound.get() && conversation.id === conversationId && playMessage()),
    [live, conversationId],
  );
  const widths = { '--list-width': `${useStore(listWidth)}px`, '--context-width': `${useStore(contextWidth)}px` } as CSSProperties;
  return (
    <div className="app" data-place={route.place} data-open={conversationId ? true : undefined} style={widths}>
      <Rail unread={unreadTotal} waiting={waiting} onHelp={onSheet} />
      <div className="app-lines">
        <ConnectionLine />
        <AwayLine />
      </div>
      <main className="app-body">
        {route.place === 'conversations' ? (
          <>
            <h1 className="sr-only">{t('list.label')}</h1>
            <ListPane onPalette={onPalette} />
            <Resizer label={t('panes.list')} width={listWidth} min={260} max={480} direction={1} />
            <section className="conversation" aria-label={t('conversation.label')}>
              {tenantId && conversationId ? (
                <ConversationPane
                  key={conversationId}
                  tenantId={tenantId}
                  conversationId={conversationId}
                  contextOpen={contextOpen}
                  onContext={onContext}
                />
              ) : (
                <NothingOpen />
              )}
            </section>
            {tenantId && conversationId && contextOpen ? (
              <>
                <Resizer label={t('panes.context')} width={contextWidth} min={260} max={560} direction={-1} />
                <ContextPane key={conversationId} tenantId={tenantId} conversationId={conversationId} onFold={onContext} />
              </>
            ) : null}
          </>
        ) : (
          <Suspense
            fallback={
              <Late>
                <Place alone title={t('start.opening')} />
              </Late>
            }
          >
            {route.place === 'waiting' ? <BoardPage /> : <PeoplePage />}
          </Suspense>
        )}
      </main>
      <OfferStack unread={unreadTotal} />
      {dialog === 'palette' ? <PaletteDialog acts={paletteActs} run={act} onDone={onDone} /> : null}
      {dialog === 'sheet' ? <SheetDialog onDone={onDone} /> : null}
    </div>
  );
}
