import type { Locator, Page } from 'playwright-core';

const furthest = 80;

/** Presses keys one after the other, as a hand would. */
export async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Goes on with Tab, or another key that moves the focus, until this one thing has it. */
export async function moveTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  await target.waitFor({ state: 'visible' });
  for (let step = 0; step < furthest; step++) {
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never came to ${String(target)}.`);
}

/** Moves to a button with Tab and presses it. */
export async function pressButton(page: Page, button: Locator): Promise<void> {
  await moveTo(page, button);
  await page.keyboard.press('Enter');
}
