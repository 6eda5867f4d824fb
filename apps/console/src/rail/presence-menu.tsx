import { initials } from '@cordboard/ui';
import { Menu, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AwayReason } from '../api/types';
import { loadLanguage } from '../i18n/i18n';
import { playOffer } from '../offer/sound';
import { useMay, useSession, useViewer } from '../shared/session';
import { languageChoice, messageSound, offerSound, type ThemeChoice, themeChoice } from '../shared/settings';
import { useStore } from '../shared/store';
import { presenceMenu } from './menu-state';
import { usePresence } from './use-presence';

const reasons: readonly AwayReason[] = ['BREAK', 'LUNCH', 'TRAINING', 'MEETING'];
const themes: readonly ThemeChoice[] = ['system', 'light', 'dark'];
const languages = { en: 'English', ru: 'Русский' } as const;

function Choice({ chosen, onClick, children }: { chosen: boolean; onClick: () => void; children: string }) {
  return (
    <Menu.Item role="menuitemradio" aria-checked={chosen} onClick={onClick} rightSection={chosen ? '✓' : null}>
      {children}
    </Menu.Item>
  );
}

function Settings() {
  const { t, i18n } = useTranslation();
  const theme = useStore(themeChoice);
  const sound = useStore(offerSound);
  const message = useStore(messageSound);
  const [asked, setAsked] = useState(() => (typeof Notification === 'undefined' ? 'denied' : Notification.permission));
  const toggleSound = () => {
    offerSound.set(!sound);
    if (!sound) playOffer();
  };
  return (
    <>
      <Menu.Label>{t('menu.sounds')}</Menu.Label>
      <Menu.Item
        role="menuitemcheckbox"
        aria-checked={sound}
        closeMenuOnClick={false}
        onClick={toggleSound}
        rightSection={sound ? '✓' : null}
      >
        {t('menu.offerSound')}
      </Menu.Item>
      <Menu.Item
        role="menuitemcheckbox"
        aria-checked={message}
        closeMenuOnClick={false}
        onClick={() => messageSound.set(!message)}
        rightSection={message ? '✓' : null}
      >
        {t('menu.messageSound')}
      </Menu.Item>
      {asked === 'default' ? (
        <Menu.Item closeMenuOnClick={false} onClick={() => void Notification.requestPermission().then(setAsked)}>
          {t('menu.notify')}
        </Menu.Item>
      ) : null}
      <Menu.Label>{t('menu.theme')}</Menu.Label>
      {themes.map((each) => (
        <Choice key={each} chosen={theme === each} onClick={() => themeChoice.set(each)}>
          {t(`menu.theme_${each}`)}
        </Choice>
      ))}
      <Menu.Label>{t('menu.language')}</Menu.Label>
      {Object.entries(languages).map(([code, name]) => (
        <Choice
          key={code}
          chosen={i18n.language === code}
          onClick={() => {
            languageChoice.set(code);
            void loadLanguage(code);
          }}
        >
          {name}
        </Choice>
      ))}
    </>
  );
}

/** Me: presence in one click, sounds, theme, language, sign-out. */
export function PresenceMenu() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const { signOut } = useSession();
  const mayServe = useMay('presence:set');
  const setPresence = usePresence();
  const opened = useStore(presenceMenu);
  const { status, reason } = viewer.presence;
  const words = `${t(`presence.${status}`)}${status === 'AWAY' && reason ? `, ${t(`presence.reason.${reason}`)}` : ''}`;
  return (
    <Menu opened={opened} onChange={presenceMenu.set} position="right-end" width={240} offset={8}>
      <Menu.Target>
        <UnstyledButton
          className="me avatar"
          data-testid="presence"
          data-status={status}
          aria-label={t('menu.me', { name: viewer.name, presence: words })}
          title={words}
          aria-keyshortcuts="Control+."
        >
          {initials(viewer.name)}
          <i aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown className="me-menu">
        <div className="me-who">
          <b>{viewer.name}</b>
          <span className="small quiet">{viewer.email}</span>
        </div>
        {mayServe ? (
          <>
            <Choice chosen={status === 'AVAILABLE'} onClick={() => void setPresence('AVAILABLE')}>
              {t('presence.AVAILABLE')}
            </Choice>
            {reasons.map((each) => (
              <Choice key={each} chosen={status === 'AWAY' && reason === each} onClick={() => void setPresence('AWAY', each)}>
                {t('presence.awayFor', { reason: t(`presence.reason.${each}`) })}
              </Choice>
            ))}
            <Choice chosen={reason === 'AFTER_THIS_ONE' && status === 'AWAY'} onClick={() => void setPresence('AWAY', 'AFTER_THIS_ONE')}>
              {t('presence.afterThisOne')}
            </Choice>
            <Choice chosen={status === 'OFFLINE'} onClick={() => void setPresence('OFFLINE')}>
              {t('presence.OFFLINE')}
            </Choice>
            <Menu.Divider />
          </>
        ) : null}
        <Settings />
        <Menu.Divider />
        <Menu.Item onClick={() => signOut(false)}>{t('menu.signOut')}</Menu.Item>
        <Menu.Item onClick={() => signOut(true)}>{t('menu.signOutEverywhere')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
