import { hands } from './support/hand';
import { House } from './support/house';

describe('Nothing is lost when something dies', () => {
  const house = House.open({ GONE_GRACE_MS: '1000', AGENT_GRACE_MS: '2000' });

  it.each(hands)('keeps three messages written offline, on both sides, and sends them in order once (%s)', async (hand) => {
    const maria = await house.agent('maria', hand);
    await maria.available();
    const visitor = await house.visitor('clinic', hand);
    await visitor.openChat();
    await visitor.write('Здравствуйте');
    await maria.accept();

    await visitor.page.context().setOffline(true);
    for (const text of ['первое', 'второе', 'третье']) await visitor.write(text);
    await maria.page.context().setOffline(true);
    for (const text of ['ответ один', 'ответ два', 'ответ три']) await maria.does.reply(text);
    await visitor.page.context().setOffline(false);
    await maria.page.context().setOffline(false);

    await visitor.allSent();
    for (const text of ['первое', 'второе', 'третье']) await maria.reads(text);
    for (const text of ['ответ один', 'ответ два', 'ответ три']) await visitor.reads(text);
    const seen = await visitor.messages();
    expect(seen.filter((text) => /^(первое|второе|третье)$/.test(text))).toEqual(['первое', 'второе', 'третье']);
    expect(seen.filter((text) => text.startsWith('ответ'))).toEqual(['ответ один', 'ответ два', 'ответ три']);
  });

  it.each(hands)('goes on after the process was killed in the middle of a conversation (%s)', async (hand) => {
    const omar = await house.agent('omar', hand);
    await omar.available();
    const visitor = await house.visitor('shop', hand);
    await visitor.openChat();
    await visitor.write('Before the crash');
    await omar.accept();
    await omar.reads('Before the crash');

    await house.cordboard.kill();
    await visitor.write('Written while it was down');
    await omar.does.reply('Answered while it was down');
    await house.cordboard.start();

    await visitor.reads('Answered while it was down');
    await omar.reads('Written while it was down');
    await visitor.allSent();
    expect(await visitor.messages()).toHaveLength(3);
  });

  it.each(hands)('offers the conversation to another when the tab of its agent is gone (%s)', async (hand) => {
    const kate = await house.agent('kate', hand);
    await kate.available();
    const visitor = await house.visitor('shop', hand);
    await visitor.openChat();
    await visitor.write('Is anybody there?');
    await kate.accept();
    await kate.page.context().close();

    const maria = await house.agent('maria', hand);
    await maria.available();
    await maria.accept();
    await maria.reads('Is anybody there?');
  });
});
