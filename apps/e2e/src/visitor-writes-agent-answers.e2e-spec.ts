import type { Browser } from 'playwright-core';
import { AgentPage } from './support/agent-page';
import { launchChromium, person } from './support/browser';
import { Cordboard } from './support/cordboard';
import { VisitorPage } from './support/visitor-page';

describe('A visitor writes on the site, an agent answers in the window', () => {
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

  it('rings the agent, carries the answer back, and shows the same after a reload on both sides', async () => {
    const maria = await AgentPage.signIn(await person(browser), cordboard, 'maria');
    await maria.available();
    const visitor = await VisitorPage.visit(await person(browser), cordboard, 'shop');
    await visitor.openChat();
    await visitor.write('Do you have these in 42?');

    await maria.accept();
    await maria.reads('Do you have these in 42?');
    await maria.reply('Yes, two pairs are left.');
    await visitor.reads('Yes, two pairs are left.');
    await maria.delivery('Yes, two pairs are left.', 'READ');
    await visitor.write('Please keep one for me');
    await maria.reads('Please keep one for me');

    await visitor.page.reload();
    await visitor.openChat();
    await visitor.reads('Yes, two pairs are left.');
    expect(await visitor.messages()).toEqual(['Do you have these in 42?', 'Yes, two pairs are left.', 'Please keep one for me']);

    await maria.page.reload();
    await maria.connected();
    await maria.rows.first().click();
    await maria.reads('Please keep one for me');
    await maria.reads('Yes, two pairs are left.');
  });
});
