import { hands } from './support/hand';
import { House } from './support/house';

describe('An agent who does not answer', () => {
  const house = House.open({ OFFER_TIMEOUT_MS: '3000' });

  it.each(hands)('loses the offer to the next one and is set away (%s)', async (hand) => {
    const maria = await house.agent('maria', hand);
    await maria.available();
    const visitor = await house.visitor('insurer', hand);
    await visitor.openChat();
    await visitor.write('I had an accident this morning');
    await maria.offer.waitFor({ state: 'visible', timeout: 15_000 });

    const omar = await house.agent('omar', hand);
    await omar.available();
    await omar.accept();
    await omar.reads('I had an accident this morning');
    await maria.offer.waitFor({ state: 'detached', timeout: 15_000 });
    await maria.presence('AWAY');
  });
});
