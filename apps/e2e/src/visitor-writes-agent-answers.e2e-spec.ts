import { hands } from './support/hand';
import { House } from './support/house';

describe('A visitor writes on the site, an agent answers in the window', () => {
  const house = House.open();

  it.each(hands)('rings the agent, carries the answer back, and shows the same after a reload on both sides (%s)', async (hand) => {
    const maria = await house.agent('maria', hand);
    await maria.available();
    const visitor = await house.visitor('shop', hand);
    await visitor.openChat();
    await visitor.write('Do you have these in 42?');

    await maria.accept();
    await maria.reads('Do you have these in 42?');
    await maria.does.reply('Yes, two pairs are left.');
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
    await maria.reads('Please keep one for me');
    await maria.reads('Yes, two pairs are left.');
  });
});
