import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import type { Screen } from './browser';

/** Light and dark, at a desk and in a hand. */
export const screens: Screen[] = (['light', 'dark'] as const).flatMap((theme) => [
  { theme, width: 1440, height: 900 },
  { theme, width: 390, height: 844 },
]);

/** Looks at one state after the other and keeps what axe finds, as lines one can act on. */
export class Looks {
  readonly found: string[] = [];

  /** WCAG 2.2 A and AA and axe's best practices, in the page and its frames. */
  async at(page: Page, where: string): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    for (const { id, nodes } of violations) this.found.push(...nodes.map((node) => `${where}: ${id} at ${node.target.join(' ')}`));
  }
}
