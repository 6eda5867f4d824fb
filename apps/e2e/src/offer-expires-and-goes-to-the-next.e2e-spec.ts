import type { Browser } from 'playwright-core';
import { AgentPage } from './support/agent-page';
import { launchChromium, person } from './support/browser';
import { Cordboard } from './support/cordboard';
import { VisitorPage } from './support/visitor-page';

describe('An agent who does not answer', () => {
  let cordboard: Cordboard;
  let browser: Browser;

  beforeAll(async () => {
    cordboard = await Cordboard.start({ OFFER_TIMEOUT_MS: '3000' });
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await cordboard?.stop();
  });

  it('loses the offer to the next one and is set away', async () => {
    const maria = await AgentPage.signIn(await person(browser), cordboard, 'maria');
    await maria.available();
    const visitor = await VisitorPage.visit(await person(browser), cordboard, 'insurer');
    await visitor.openChat();
    await visitor.write('I had an accident this morning');
    await maria.offer.waitFor({ state: 'visible', timeout: 15_000 });

    const omar = await AgentPage.signIn(await person(browser), cordboard, 'omar');
    await omar.available();
    await omar.accept();
    await omar.reads('I had an accident this morning');
    await maria.offer.waitFor({ state: 'detached', timeout: 15_000 });
    await maria.page.locator('[data-testid=presence][data-status=AWAY]').waitFor();
  });
});
