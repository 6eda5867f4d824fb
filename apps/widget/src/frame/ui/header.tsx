import type { SiteFace } from '@cordboard/webchat-protocol';
import { localized } from '../i18n/choose-language';
import type { Texts } from '../i18n/texts';

interface HeaderProps {
  site: SiteFace;
  agentName: string | null;
  texts: Texts;
  language: string;
  onClose: () => void;
}

/** Whose chat it is, who answers, and when one can hope for an answer. */
export function Header({ site, agentName, texts, language, onClose }: HeaderProps) {
  const face = Array.from((agentName ?? site.name).trim())[0] ?? '';
  return (
    <header class="header">
      <div class="face" aria-hidden="true">
        {face.toLocaleUpperCase(language)}
      </div>
      <div class="who">
        <h1>
          {agentName ? (
            <>
              <bdi>{agentName}</bdi> · <bdi>{site.name}</bdi>
            </>
          ) : (
            <bdi>{site.name}</bdi>
          )}
        </h1>
        <p>{localized(site.hoursLine, language)}</p>
      </div>
      <button type="button" class="close" aria-label={texts.close} onClick={onClose}>
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M5 5l10 10M15 5L5 15" />
        </svg>
      </button>
    </header>
  );
}
