import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';

const candidates = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser on this machine; `npm test` skips these stories loudly where there is none. */
function findChromium(): string | undefined {
  return candidates.find((path) => path && existsSync(path));
}

export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('No Chromium found. Install it (apt-get install chromium) or set CHROMIUM to its path.');
  return chromium.launch({
    executablePath,
    chromiumSandbox: false,
    args: ['--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

export interface Screen {
  width?: number;
  height?: number;
  theme?: 'light' | 'dark';
  locale?: string;
}

/** A person's browser: storage and cookies of their own. */
export function person(
  browser: Browser,
  { width = 1440, height = 900, theme = 'light', locale = 'en-GB' }: Screen = {},
): Promise<BrowserContext> {
  return browser.newContext({ viewport: { width, height }, colorScheme: theme, locale, reducedMotion: 'reduce' });
}
