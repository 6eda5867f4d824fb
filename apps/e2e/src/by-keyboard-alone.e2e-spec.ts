import { House } from './support/house';
import { press } from './support/keys';

describe('By keyboard alone', () => {
  const house = House.open();

  it('shows every key by ? and leaves by Escape', async () => {
    const { page } = await house.agent('omar', 'keyboard');
    await press(page, '?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await press(page, 'Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });
});
