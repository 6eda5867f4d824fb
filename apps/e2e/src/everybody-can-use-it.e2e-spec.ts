import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { AgentPage } from './support/agent-page';
import { launchChromium, person, type Screen } from './support/browser';
import { Cordboard } from './support/cordboard';
import { VisitorPage } from './support/visitor-page';

const screens: Screen[] = (['light', 'dark'] as const).flatMap((theme) => [
  { theme, width: 1440, height: 900 },
  { theme, width: 390, height: 844 },
]);

/** Violations of WCAG 2.2 A and AA and of axe's best practices, as lines one can act on. */
async function violations(page: Page, where: string): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${where}: ${id} at ${node.target.join(' ')}`));
}

describe.each(screens)('Everybody can use it ($theme, $width px)', (screen) => {
  let cordboard: Cordboard;
  let browser: Browser;

  beforeAll(async () => {
    cordboard = await Cordboard.start({ OFFER_TIMEOUT_MS: '120000' });
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await cordboard?.stop();
  });

  it('has nothing for axe to find in any state of the window and of the chat', async () => {
    const found: string[] = [];
    const context = await person(browser, screen);
    const door = await context.newPage();
    await door.goto(cordboard.console);
    await door.getByLabel('E-mail').waitFor();
    found.push(...(await violations(door, 'sign-in')));
    await door.close();

    const maria = await AgentPage.signIn(context, cordboard, 'maria');
    found.push(...(await violations(maria.page, 'empty list')));
    await maria.available();
    const site = await VisitorPage.visit(await person(browser, screen), cordboard, 'shop');
    await site.page.locator('cordboard-chat').waitFor();
    found.push(...(await violations(site.page, 'site')));
    await site.openChat();
    await site.write('Do you have these in 42?');
    await maria.offer.waitFor();
    found.push(...(await violations(maria.page, 'offer')));
    await maria.accept();
    await maria.reply('Yes, two pairs are left.');
    await site.reads('Yes, two pairs are left.');
    await maria.delivery('Yes, two pairs are left.', 'READ');
    found.push(...(await violations(maria.page, 'conversation')), ...(await violations(site.page, 'chat')));

    await maria.leaveText();
    await maria.page.keyboard.press('n');
    found.push(...(await violations(maria.page, 'note')));
    await maria.leaveText();
    for (const key of ['e', 't', '?', 'Control+k']) {
      await maria.page.keyboard.press(key);
      await maria.page.getByRole('dialog').waitFor();
      found.push(...(await violations(maria.page, `dialog of ${key}`)));
      await maria.page.keyboard.press('Escape');
      await maria.page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    for (const [keys, heading] of [
      ['gb', 'Waiting now'],
      ['gp', 'People'],
    ] as const) {
      for (const key of keys) await maria.page.keyboard.press(key);
      await maria.page.getByRole('heading', { name: heading }).waitFor();
      found.push(...(await violations(maria.page, heading)));
    }
    await maria.page.getByTestId('presence').click();
    await maria.page.locator('.me-menu').waitFor();
    found.push(...(await violations(maria.page, 'menu')));
    expect(found).toEqual([]);
  });
});
