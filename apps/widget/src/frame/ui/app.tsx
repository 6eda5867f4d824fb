import type { SiteFace } from '@cordboard/webchat-protocol';
import { useEffect, useRef } from 'preact/hooks';
import type { Texts } from '../i18n/texts';
import type { Session } from '../store/session';
import { Composer } from './composer';
import { Header } from './header';
import { Log } from './log';
import { Notice } from './notice';
import type { Panel } from './panel-state';
import { useSession } from './use-session';

export interface AppProps {
  session: Session;
  site: SiteFace;
  texts: Texts;
  language: string;
  panel: Panel;
  onClose: () => void;
}

/** The panel: who answers, what was said, where to write. */
export function App({ session, site, texts, language, panel, onClose }: AppProps) {
  const state = useSession(session);
  const input = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    const focus = () => panel.open && input.current?.focus();
    focus();
    return panel.subscribe(focus);
  }, [panel]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.isComposing) onClose();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [onClose]);

  return (
    <main class="panel">
      <Header site={site} agentName={state.agentName} texts={texts} language={language} onClose={onClose} />
      <Notice state={state} texts={texts} />
      <Log state={state} site={site} texts={texts} language={language} session={session} />
      <Composer session={session} texts={texts} inputRef={input} disabled={state.refused !== null} tenant={site.slug} />
    </main>
  );
}
