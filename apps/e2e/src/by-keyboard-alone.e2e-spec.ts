import { House } from './support/house';
import { press } from './support/keys';

describe('By keyboard alone', () => {
  const house = House.open({ OFFER_TIMEOUT_MS: '120000' });

  it('shows every key by ? and leaves by Escape', async () => {
    const { page } = await house.agent('omar', 'keyboard');
    await press(page, '?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await press(page, 'Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('takes keys as they were meant, however far the screen is behind them', async () => {
    const maria = await house.agent('maria', 'keyboard');
    const { page } = maria;
    await maria.available();
    const visitor = await house.visitor('shop', 'keyboard');
    await visitor.openChat();
    await visitor.write('Do you have these in 42?');
    await maria.accept();

    await press(page, 'Control+k');
    await page.keyboard.type('write a note');
    await press(page, 'Enter');
    await page.keyboard.type('Prefers the brown ones');
    await press(page, 'Enter');
    await maria.entry('Prefers the brown ones').and(page.locator('[data-kind=NOTE]')).waitFor();

    await page.keyboard.type('Yes, ');
    await press(page, 'Control+.', 'Escape');
    await page.keyboard.type('two ');
    await press(page, 'Control+k', 'Escape');
    await page.keyboard.type('pairs.');
    await press(page, 'Enter');
    await visitor.reads('Yes, two pairs.');
    expect(await visitor.messages()).toEqual(['Do you have these in 42?', 'Yes, two pairs.']);
  });

  it('does nothing with keys meant for a palette that has not come yet, and has them when it has', async () => {
    const maria = await house.agent('maria', 'keyboard');
    const { page } = maria;
    await maria.available();
    const visitor = await house.visitor('shop', 'keyboard');
    await visitor.openChat();
    await visitor.write('Do you have these in 42?');
    await maria.accept();
    let arrive: () => void = () => undefined;
    const late = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    await page.route('**/palette-dialog*.js', (route) => late.then(() => route.continue()));
    await page.reload();
    await maria.connected();
    await maria.composer.waitFor();

    await press(page, 'Control+k', 'e', 't', 'n', 'x', 'Enter');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await maria.composer.inputValue()).toBe('');
    arrive();
    await page.locator('[role=combobox]:focus').waitFor();
    await page.keyboard.type('go to people');
    await press(page, 'Enter');
    await page.getByRole('heading', { name: 'People', level: 1 }).waitFor();
  });
});
