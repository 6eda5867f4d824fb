import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from 'playwright-core';
import type { Screen } from './browser';

/** At a desk and in a hand. */
export const screens: Screen[] = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

/** Looks at one state after the other, in light and in dark, and keeps what axe finds, as lines one can act on. */
export class Looks {
  readonly found: string[] = [];

  /** WCAG 2.2 A and AA and axe's best practices, in the page and its frames; `shown` stands there before and after. */
  async at(page: Page, where: string, ...shown: Locator[]): Promise<void> {
    for (const each of shown) await each.waitFor({ timeout: 40_000 });
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      await page.locator(`html:not([data-theme]), html[data-theme=${theme}]`).waitFor({ state: 'attached' });
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      for (const { id, nodes } of violations)
        this.found.push(...nodes.map((node) => `${where}, ${theme}: ${id} at ${node.target.join(' ')}`));
    }
    for (const each of shown) if (!(await each.isVisible())) throw new Error(`${where} was gone before axe had looked.`);
  }
}
