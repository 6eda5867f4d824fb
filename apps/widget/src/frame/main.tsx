import type { SiteFace } from '@cordboard/webchat-protocol';
import { render } from 'preact';
import { paintOf } from './colours';
import { openPoll } from './connection/poll-transport';
import { openSocket } from './connection/socket-transport';
import { HostLink } from './host-link';
import { chooseLanguage, textsFor } from './i18n/choose-language';
import { fill } from './i18n/texts';
import { Keep } from './store/keep';
import { LentStorage } from './store/lent-storage';
import { Session } from './store/session';
import './ui/frame.css';
import { App } from './ui/app';
import { Panel } from './ui/panel-state';

/** Starts when the page that embeds the frame has introduced itself; without a page there is no chat. */
function start(root: HTMLElement): void {
  const site = JSON.parse(root.dataset.site ?? '{}') as SiteFace;
  const language = chooseLanguage(new URLSearchParams(location.search).get('lang'), navigator.languages, site.languages);
  const texts = textsFor(language);
  const paint = paintOf(site.colour);
  document.documentElement.lang = language;
  document.documentElement.style.setProperty('--deep', paint.deep);
  document.documentElement.style.setProperty('--bright', paint.bright);

  const panel = new Panel();
  let begun = false;
  const host = new HostLink(site.sites, {
    onConnected: (origin, kept) => {
      const title = fill(texts.title, { name: site.name });
      host.tell({ type: 'ready', colour: paint.deep, labels: { open: texts.launcherOpen, unread: texts.launcherUnread, title } });
      if (!begun) void begin(origin, kept);
      begun = true;
    },
    onOpen: () => panel.set(true),
    onClose: () => panel.set(false),
    onPage: (page) => panel.setPage(page),
  });

  const begin = async (origin: string, kept: Record<string, string> | null) => {
    const lent = kept && new LentStorage(kept, (name, value) => host.tell({ type: 'keep', name, value }));
    const keep = await Keep.open(site.slug, lent);
    const session = new Session({ tenant: site.slug, origin, language, keep, transports: { socket: openSocket, poll: openPoll } });
    const look = () => session.setVisible(panel.open && document.visibilityState === 'visible');
    let unread = -1;
    const count = () => {
      if (session.unread === unread) return;
      unread = session.unread;
      host.tell({ type: 'unread', count: unread });
    };
    panel.onPage = (page) => session.setPage(page);
    if (panel.page) session.setPage(panel.page);
    session.subscribe(count);
    await session.start();
    panel.subscribe(() => {
      look();
      count();
    });
    document.addEventListener('visibilitychange', look);
    look();
    render(
      <App session={session} site={site} texts={texts} language={language} panel={panel} onClose={() => host.tell({ type: 'close' })} />,
      root,
    );
  };
}

const root = document.getElementById('app');
if (root) start(root);
