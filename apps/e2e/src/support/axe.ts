import AxeBuilder from '@axe-core/playwright';
import type { Frame, Locator, Page } from 'playwright-core';
import type { Screen } from './browser';

/** At a desk and in a hand. */
export const screens: Screen[] = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

/**
 * What axe finds in one frame. It reaches into no frame that stands in a closed shadow root or comes from another site,
 * as the chat does: so each is looked at by itself.
 */
async function violations(frame: Frame, where: string): Promise<string[]> {
  const page = { evaluate: frame.evaluate.bind(frame), frames: () => [frame] } as unknown as Page;
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'], iframes: false }).setLegacyMode(true);
  const { violations: found } = await axe.analyze();
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${where}: ${id} at ${node.target.join(' ')}`));
}

/** Looks at one state after the other, in light and in dark, and keeps what axe finds, as lines one can act on. */
export class Looks {
  readonly found: string[] = [];

  /** WCAG 2.2 A and AA and axe's best practices, in the page and its frames; `shown` stands there before and after. */
  async at(page: Page, where: string, ...shown: Locator[]): Promise<void> {
    for (const each of shown) await each.waitFor({ timeout: 40_000 });
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      await page.locator(`html:not([data-theme]), html[data-theme=${theme}]`).waitFor({ state: 'attached' });
      for (const frame of page.frames()) this.found.push(...(await violations(frame, `${where}, ${theme}`)));
    }
    for (const each of shown) if (!(await each.isVisible())) throw new Error(`${where} was gone before axe had looked.`);
  }
}
