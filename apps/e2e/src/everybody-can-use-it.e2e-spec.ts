import { AgentPage } from './support/agent-page';
import { Looks, screens } from './support/axe';
import { House } from './support/house';

describe('Everybody can use it', () => {
  const house = House.open({ OFFER_TIMEOUT_MS: '120000' });

  it.each(screens)('has nothing for axe to find in the states of a working day ($width px)', async (screen) => {
    const looks = new Looks();
    const door = await AgentPage.atTheDoor(await house.person('mouse', screen), house.cordboard);
    await door.page.getByLabel('E-mail').waitFor();
    await looks.at(door.page, 'sign-in');

    const maria = await house.agent('maria', 'mouse', screen);
    await looks.at(maria.page, 'empty list');
    await maria.available();
    const site = await house.visitor('shop', 'mouse', screen);
    await site.page.locator('cordboard-chat').waitFor();
    await looks.at(site.page, 'site');
    await site.openChat();
    await site.write('Do you have these in 42?');
    await maria.offer.waitFor();
    await looks.at(maria.page, 'offer');
    await maria.accept();
    await maria.does.reply('Yes, two pairs are left.');
    await site.reads('Yes, two pairs are left.');
    await maria.delivery('Yes, two pairs are left.', 'READ');
    await looks.at(maria.page, 'conversation');
    await looks.at(site.page, 'chat');

    await maria.leaveText();
    await maria.page.keyboard.press('n');
    await looks.at(maria.page, 'note');
    await maria.leaveText();
    for (const key of ['e', 't', '?', 'Control+k']) {
      await maria.page.keyboard.press(key);
      await maria.page.getByRole('dialog').waitFor();
      await looks.at(maria.page, `dialog of ${key}`);
      await maria.page.keyboard.press('Escape');
      await maria.page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    for (const [keys, heading] of [
      ['gb', 'Waiting now'],
      ['gp', 'People'],
    ] as const) {
      for (const key of keys) await maria.page.keyboard.press(key);
      await maria.page.getByRole('heading', { name: heading }).waitFor();
      await looks.at(maria.page, heading);
    }
    await maria.page.getByTestId('presence').click();
    await maria.page.locator('.me-menu').waitFor();
    await looks.at(maria.page, 'menu');
    expect(looks.found).toEqual([]);
  });
});
