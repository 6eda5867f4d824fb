import type { Browser } from 'playwright-core';
import { AgentPage } from './support/agent-page';
import { launchChromium, person } from './support/browser';
import { Cordboard } from './support/cordboard';
import { VisitorPage } from './support/visitor-page';

describe('Nothing is lost when something dies', () => {
  let cordboard: Cordboard;
  let browser: Browser;

  beforeEach(async () => {
    cordboard = await Cordboard.start({ GONE_GRACE_MS: '1000', AGENT_GRACE_MS: '2000' });
    browser = await launchChromium();
  });

  afterEach(async () => {
    await browser?.close();
    await cordboard?.stop();
  });

  it('keeps three messages written offline, on both sides, and sends them in order once', async () => {
    const maria = await AgentPage.signIn(await person(browser), cordboard, 'maria');
    await maria.available();
    const context = await person(browser);
    const visitor = await VisitorPage.visit(context, cordboard, 'clinic');
    await visitor.openChat();
    await visitor.write('Здравствуйте');
    await maria.accept();

    await context.setOffline(true);
    for (const text of ['первое', 'второе', 'третье']) await visitor.write(text);
    await maria.page.context().setOffline(true);
    for (const text of ['ответ один', 'ответ два', 'ответ три']) await maria.reply(text);
    await context.setOffline(false);
    await maria.page.context().setOffline(false);

    await visitor.allSent();
    for (const text of ['первое', 'второе', 'третье']) await maria.reads(text);
    for (const text of ['ответ один', 'ответ два', 'ответ три']) await visitor.reads(text);
    const seen = await visitor.messages();
    expect(seen.filter((text) => /^(первое|второе|третье)$/.test(text))).toEqual(['первое', 'второе', 'третье']);
    expect(seen.filter((text) => text.startsWith('ответ'))).toEqual(['ответ один', 'ответ два', 'ответ три']);
  });

  it('goes on after the process was killed in the middle of a conversation', async () => {
    const omar = await AgentPage.signIn(await person(browser), cordboard, 'omar');
    await omar.available();
    const visitor = await VisitorPage.visit(await person(browser), cordboard, 'shop');
    await visitor.openChat();
    await visitor.write('Before the crash');
    await omar.accept();
    await omar.reads('Before the crash');

    await cordboard.kill();
    await visitor.write('Written while it was down');
    await omar.reply('Answered while it was down');
    await cordboard.launch();

    await visitor.reads('Answered while it was down');
    await omar.reads('Written while it was down');
    await visitor.allSent();
    expect(await visitor.messages()).toHaveLength(3);
  });

  it('offers the conversation to another when the tab of its agent is gone', async () => {
    const kate = await AgentPage.signIn(await person(browser), cordboard, 'kate');
    await kate.available();
    const visitor = await VisitorPage.visit(await person(browser), cordboard, 'shop');
    await visitor.openChat();
    await visitor.write('Is anybody there?');
    await kate.accept();
    await kate.page.context().close();

    const maria = await AgentPage.signIn(await person(browser), cordboard, 'maria');
    await maria.available();
    await maria.accept();
    await maria.reads('Is anybody there?');
  });
});
