import { initials } from '@cordboard/ui';
import { Menu, UnstyledButton } from '@mantine/core';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AwayReason, PresenceStatus } from '../api/types';
import { loadLanguage } from '../i18n/i18n';
import { playOffer } from '../offer/sound';
import { useFocusBack } from '../shared/focus-back';
import { useMay, useSession, useViewer } from '../shared/session';
import { languageChoice, messageSound, offerSound, type ThemeChoice, themeChoice } from '../shared/settings';
import { useStore } from '../shared/store';
import { presenceMenu } from './menu-state';
import { usePresence } from './use-presence';

const reasons: readonly AwayReason[] = ['BREAK', 'LUNCH', 'TRAINING', 'MEETING'];
const themes: readonly ThemeChoice[] = ['system', 'light', 'dark'];
const languages = { en: 'English', ru: 'Русский' } as const;

function Settings() {
  const { t, i18n } = useTranslation();
  const theme = useStore(themeChoice);
  const [asked, setAsked] = useState(() => (typeof Notification === 'undefined' ? 'denied' : Notification.permission));
  const ring = (on: boolean) => {
    offerSound.set(on);
    if (on) playOffer();
  };
  const speak = (language: string) => {
    languageChoice.set(language);
    void loadLanguage(language);
  };
  return (
    <>
      <Menu.Label>{t('menu.sounds')}</Menu.Label>
      <Menu.CheckboxItem checked={useStore(offerSound)} onChange={ring}>
        {t('menu.offerSound')}
      </Menu.CheckboxItem>
      <Menu.CheckboxItem checked={useStore(messageSound)} onChange={messageSound.set}>
        {t('menu.messageSound')}
      </Menu.CheckboxItem>
      {asked === 'default' ? (
        <Menu.Item closeMenuOnClick={false} onClick={() => void Notification.requestPermission().then(setAsked)}>
          {t('menu.notify')}
        </Menu.Item>
      ) : null}
      <Menu.Label>{t('menu.theme')}</Menu.Label>
      <Menu.RadioGroup value={theme} onChange={(chosen) => themeChoice.set(chosen as ThemeChoice)}>
        {themes.map((each) => (
          <Menu.RadioItem key={each} value={each}>
            {t(`menu.theme_${each}`)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Label>{t('menu.language')}</Menu.Label>
      <Menu.RadioGroup value={i18n.language} onChange={speak}>
        {Object.entries(languages).map(([code, name]) => (
          <Menu.RadioItem key={code} value={code} lang={code}>
            {name}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}

function PresenceChoices() {
  const { t } = useTranslation();
  const first = useRef<HTMLButtonElement>(null);
  // At once: the next key may come before a timer.
  useLayoutEffect(() => first.current?.focus({ preventScroll: true }), []);
  const { status, reason } = useViewer().presence;
  const setPresence = usePresence();
  const choose = (chosen: string) => {
    const [next, why] = chosen.split(' ');
    void setPresence(next as PresenceStatus, (why as AwayReason | undefined) ?? null);
  };
  return (
    <Menu.RadioGroup value={status === 'AWAY' ? `AWAY ${reason}` : status} onChange={choose}>
      <Menu.RadioItem ref={first} closeMenuOnClick value="AVAILABLE">
        {t('presence.AVAILABLE')}
      </Menu.RadioItem>
      {reasons.map((each) => (
        <Menu.RadioItem key={each} closeMenuOnClick value={`AWAY ${each}`}>
          {t('presence.awayFor', { reason: t(`presence.reason.${each}`) })}
        </Menu.RadioItem>
      ))}
      <Menu.RadioItem closeMenuOnClick value="AWAY AFTER_THIS_ONE">
        {t('presence.afterThisOne')}
      </Menu.RadioItem>
      <Menu.RadioItem closeMenuOnClick value="OFFLINE">
        {t('presence.OFFLINE')}
      </Menu.RadioItem>
    </Menu.RadioGroup>
  );
}

/** Me: presence in one click, sounds, theme, language, sign-out. */
export function PresenceMenu() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const { signOut } = useSession();
  const mayServe = useMay('presence:set');
  const opened = useStore(presenceMenu);
  useFocusBack(opened);
  const { status, reason } = viewer.presence;
  const words = `${t(`presence.${status}`)}${status === 'AWAY' && reason ? `, ${t(`presence.reason.${reason}`)}` : ''}`;
  return (
    <Menu
      opened={opened}
      onChange={presenceMenu.set}
      position="right-end"
      withinPortal={false}
      withInitialFocusPlaceholder={false}
      width={240}
      offset={8}
    >
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
            <PresenceChoices />
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
