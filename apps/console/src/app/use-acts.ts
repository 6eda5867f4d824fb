import { useCallback } from 'react';
import { cachedConversation } from '../api/newest-wins';
import type { Conversation } from '../api/types';
import { useCommands } from '../conversation/commands';
import { composerCommands } from '../conversation/composer';
import { openDialog } from '../conversation/dialogs';
import type { Act } from '../keyboard/keymap';
import { listTab } from '../list/tab';
import { unread } from '../list/use-lists';
import { isMine } from '../live/lists';
import { presenceMenu } from '../rail/menu-state';
import { writesText } from '../shared/focus';
import { closePane, currentRoute, go, openConversation } from '../shared/route';
import { useMay, useSession } from '../shared/session';

interface Around {
  /** The conversation on screen. */
  open: Conversation | null;
  mine: readonly Conversation[];
  onPalette: () => void;
  onSheet: () => void;
  onContext: () => void;
}

const rows = () => [...document.querySelectorAll<HTMLElement>('[data-testid="conversation-row"]')];

const focusRow = (by: 1 | -1): boolean => {
  const all = rows();
  const at = all.indexOf(document.activeElement as HTMLElement);
  const from = at >= 0 ? at : all.findIndex((row) => row.getAttribute('aria-current') === 'true');
  const next = all[from < 0 ? (by === 1 ? 0 : all.length - 1) : from + by];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  return next !== undefined;
};

/** Mine by the number people see: rows under a pointer keep their places while the list sorts anew. */
const nthOf = (mine: readonly Conversation[], number: number): Conversation | undefined => {
  const seen = listTab.get() === 'mine' ? rows()[number - 1]?.dataset.conversationId : undefined;
  return mine.find(({ id }) => id === seen) ?? mine[number - 1];
};

const arrowsBelongToFocus = () =>
  document.activeElement?.closest('[role="log"], [role="separator"], .context') !== null && document.activeElement !== document.body;

/** What each act of the keyboard and the palette does; false when it makes no sense here. */
export const useActs = ({ open: shown, mine, onPalette, onSheet, onContext }: Around): ((act: Act) => boolean) => {
  const commands = useCommands();
  const { viewer, client } = useSession();
  const mayReassign = useMay('work:reassign');
  const may = { take: useMay('work:take'), transfer: useMay('work:transfer'), close: useMay('conversation:close') };
  return useCallback(
    (act) => {
      // The screen may be a key behind: what a key does is judged by the conversation as it is now.
      const open = shown && { ...shown, ...cachedConversation(client.cache, shown.id, true) };
      const live = open?.state === 'OPEN' ? open : null;
      const held = live && (isMine(live, viewer.id) || mayReassign) ? live : null;
      const list = (tab: 'mine' | 'waiting' | 'all') => {
        listTab.set(tab);
        go({ place: 'conversations', tenantId: open?.tenantId ?? null, conversationId: open?.id ?? null });
        return true;
      };
      const show = (conversation: Conversation | undefined) => {
        if (conversation) openConversation(conversation.tenantId, conversation.id);
        return conversation !== undefined;
      };
      const dialog = (name: 'close' | 'transfer', allowed: boolean, on: Conversation | null) => {
        if (!on || !allowed) return false;
        openDialog.set({ name, conversationId: on.id });
        return true;
      };
      const done = (something: unknown) => something !== false;
      switch (act) {
        case 'next-row':
          return !arrowsBelongToFocus() && focusRow(1);
        case 'previous-row':
          return !arrowsBelongToFocus() && focusRow(-1);
        case 'open-row':
          return false;
        case 'back': {
          const active = document.activeElement;
          if (writesText(active) && active instanceof HTMLElement) {
            active.blur();
            return true;
          }
          const route = currentRoute();
          const id = route.place === 'conversations' ? route.conversationId : null;
          if (!id) return false;
          closePane();
          queueMicrotask(() =>
            rows()
              .find((row) => row.dataset.conversationId === id)
              ?.focus(),
          );
          return true;
        }
        case 'reply':
        case 'note':
          return open ? done(composerCommands.dispatchEvent(new Event(act))) : false;
        case 'transfer':
          return dialog('transfer', may.transfer, held);
        case 'close':
          return dialog('close', may.close, live);
        case 'take':
          if (!live || !may.take || isMine(live, viewer.id) || (live.workState === 'ACTIVE' && !mayReassign)) return false;
          return done(commands.take(live));
        case 'context':
          return open ? done(onContext()) : false;
        case 'go-mine':
          return list('mine');
        case 'go-waiting':
          return list('waiting');
        case 'go-all':
          return list('all');
        case 'go-board':
          return done(go({ place: 'waiting' }));
        case 'go-people':
          return done(go({ place: 'people' }));
        case 'palette':
          return done(onPalette());
        case 'sheet':
          return done(onSheet());
        case 'presence':
          return done(presenceMenu.set((now) => !now));
        case 'next-unread':
          return show(mine.find((row) => unread(row) > 0 && row.id !== open?.id));
        default:
          return show(nthOf(mine, Number(act.split('-')[1])));
      }
    },
    [shown, mine, commands, client, viewer.id, mayReassign, may.take, may.transfer, may.close, onPalette, onSheet, onContext],
  );
};
