import { hands } from './support/hand';
import { House } from './support/house';

describe('A conversation', () => {
  const house = House.open({ OFFER_TIMEOUT_MS: '120000' });

  it.each(hands)('is answered, noted, closed, brought back twice, and the customer sees only what is theirs (%s)', async (hand) => {
    const maria = await house.agent('maria', hand);
    await maria.available();
    const visitor = await house.visitor('shop', hand);
    await visitor.openChat();
    await visitor.write('The left shoe is a different size');

    await maria.accept();
    await maria.does.note('Prefers the brown ones');
    await maria.does.reply('I am sorry, we will change it.');
    await visitor.reads('I am sorry, we will change it.');
    await maria.reads('Prefers the brown ones');

    await maria.does.close('Return', 'Solved');
    await maria.state('Closed');
    await maria.does.undo();
    await maria.state('With you');
    await maria.does.close('Complaint', 'Refused');
    await maria.state('Complaint · Refused');
    await maria.does.reopen();
    await maria.state('With you');
    await maria.does.reply('One more thing.');
    await visitor.reads('One more thing.');
    expect(await visitor.messages()).toEqual(['The left shoe is a different size', 'I am sorry, we will change it.', 'One more thing.']);
  });

  it.each(hands)('goes to a colleague, back to the queue, and to whoever takes it (%s)', async (hand) => {
    const [maria, omar, kate] = [await house.agent('maria', hand), await house.agent('omar', hand), await house.agent('kate', hand)];
    await maria.available();
    const visitor = await house.visitor('shop', hand);
    await visitor.openChat();
    await visitor.write('I would like to return a pair');
    await maria.accept();
    await omar.available();
    await maria.does.transfer('Omar');
    await omar.does.openRow('I would like to return a pair');
    await omar.state('With you');

    await omar.does.choosePresence('Offline');
    await maria.does.choosePresence('Offline');
    await omar.does.transfer('Back to the queue');
    await kate.does.showList('Waiting');
    await kate.does.openRow('I would like to return a pair');
    await kate.does.take();
    await kate.state('With you');
    await omar.state('With Kate');
    await kate.does.reply('Kate here, tell me the order.');
    await visitor.reads('Kate here, tell me the order.');
  });
});
