import type { Browser, Page } from 'playwright-core';
import { AgentPage } from './support/agent-page';
import { launchChromium, person } from './support/browser';
import { Cordboard } from './support/cordboard';
import { VisitorPage } from './support/visitor-page';

/** Presses keys one after the other, as a hand would. */
async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Goes on with Tab until the thing with this name has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let step = 0; step < 40; step++) {
    const focused = page.locator(':focus');
    const label =
      (await focused.count()) > 0 ? `${await focused.getAttribute('aria-label')} ${await focused.innerText().catch(() => '')}` : '';
    if (name.test(label)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never came to ${String(name)}.`);
}

describe('The whole story by keyboard alone', () => {
  let cordboard: Cordboard;
  let browser: Browser;

  beforeAll(async () => {
    cordboard = await Cordboard.start();
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await cordboard?.stop();
  });

  it('signs in, becomes available, accepts, answers, notes, closes, takes it back', async () => {
    const page = await (await person(browser)).newPage();
    await page.goto(cordboard.console);
    await page.getByLabel('E-mail').waitFor();
    await page.keyboard.type('maria@demo.cordboard.example');
    await press(page, 'Tab');
    await page.keyboard.type('cordboard-demo');
    await press(page, 'Enter');
    await page.locator('[data-testid=connection-state][data-state=connected]').waitFor({ state: 'attached' });

    await press(page, 'Control+.');
    await page.locator('.me-menu :focus', { hasText: 'Available' }).waitFor();
    await press(page, 'Enter');
    await page.locator('[data-testid=presence][data-status=AVAILABLE]').waitFor();

    const visitor = await (await person(browser)).newPage();
    await visitor.goto(`${cordboard.sites}/demo/shop`);
    await visitor.locator('cordboard-chat').waitFor();
    await visitor.evaluate(() => Reflect.get(globalThis, 'cordboard')?.('open'));
    const chat = await VisitorPage.on(visitor).frame();
    await chat.locator('textarea:focus').waitFor();
    await visitor.keyboard.type('Do you have these in 42?');
    await press(visitor, 'Enter');

    await page.getByTestId('offer-card').waitFor();
    await press(page, 'Control+Enter');
    await page.getByTestId('composer-input').waitFor();
    await press(page, 'r');
    await page.locator('[data-testid=composer-input]:focus').waitFor();
    await page.keyboard.type('Yes, two pairs.');
    await press(page, 'Enter');
    await VisitorPage.on(visitor).reads('Yes, two pairs.');

    await press(page, 'Escape', 'n');
    await page.locator('[data-testid=composer-input]:focus').waitFor();
    await page.keyboard.type('Prefers the brown ones');
    await press(page, 'Enter');
    await page.getByTestId('timeline-entry').filter({ hasText: 'Prefers the brown ones' }).waitFor();
    expect(await VisitorPage.on(visitor).messages()).not.toContain('Prefers the brown ones');

    await press(page, 'Escape', 'e');
    await page.getByRole('dialog').waitFor();
    await press(page, 'Space');
    await tabTo(page, /Ordered|Cancel/);
    await page.getByRole('radio', { name: 'Ordered' }).focus();
    await press(page, 'Space');
    await tabTo(page, /Close conversation/);
    await press(page, 'Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await page.getByText(/^Closed: /).waitFor();
    await tabTo(page, /Undo/);
    await press(page, 'Enter');
    await press(page, 'g', 'm');
    await page.getByTestId('conversation-row').first().waitFor();
  });

  it('shows every key by ? and leaves by Escape', async () => {
    const agent = await AgentPage.signIn(await person(browser), cordboard, 'omar');
    await press(agent.page, '?');
    await agent.page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await press(agent.page, 'Escape');
    await agent.page.getByRole('dialog').waitFor({ state: 'detached' });
  });
});
