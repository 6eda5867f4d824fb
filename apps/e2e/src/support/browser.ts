import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import type { Hand } from './hand';

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

/** A person's browser: storage and cookies of their own. Without a mouse, whatever a pointer does on their pages is lost. */
export async function person(
  browser: Browser,
  { width = 1440, height = 900, theme = 'light', locale = 'en-GB' }: Screen = {},
  hand: Hand = 'mouse',
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, locale, reducedMotion: 'reduce' });
  if (hand === 'keyboard') await context.addInitScript(withoutMouse);
  return context;
}

/** Runs in every page and frame. A click that a key made has no clicks to count. */
const withoutMouse = {
  content: `
    for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
      addEventListener(type, (event) => {
        if (type === 'click' && event.detail === 0) return;
        event.preventDefault();
        event.stopImmediatePropagation();
      }, true);
    }`,
};
