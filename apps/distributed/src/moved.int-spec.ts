import { randomBytes } from 'node:crypto';
import { eventually, withKafka } from '@cordboard/testing';
import { Conversation } from '../testing/conversation';
import { Installation } from '../testing/installation';

jest.setTimeout(180_000);

withKafka('A demo that ran in one process', (brokers) => {
  let cordboard: Installation;
  let maria: Conversation;

  beforeAll(async () => {
    const environment = { KAFKA_BROKERS: brokers, KAFKA_PREFIX: `moved-${randomBytes(4).toString('hex')}` };
    cordboard = await Installation.open(environment, [], 'standalone');
  });
  afterAll(async () => {
    maria?.end();
    await cordboard?.dispose();
  });

  it('is moved when it is stopped, and its conversations go on', async () => {
    maria = await Conversation.begin(cordboard.port, 'maria@demo.cordboard.example', '10.0.0.1', 'Is Dr Sokolova in?');
    await maria.reply('She is, until six.');
    expect(await cordboard.bus('move')).toMatchObject({ code: 1, told: 'Cordboard runs on this data. Stop it, then move.\n' });
    await cordboard.stop();
    await expect(cordboard.startAs('distributed')).rejects.toThrow('Move it first: npm run bus -- move');

    expect(await cordboard.bus('move')).toEqual({
      code: 0,
      told: expect.stringMatching(/^\d+ groups go on in Kafka, after [\d.]+ s\.\n\d+ events were carried\.\n0 failed/),
    });
    expect(await cordboard.bus('move')).toEqual({ code: 0, told: expect.stringContaining('There is nothing to move.') });
    await expect(cordboard.startAs('standalone')).rejects.toThrow('Start it with npm run start:distributed');

    await cordboard.startAs('distributed');
    await maria.write('Thank you.');
    await eventually(async () => (await maria.texts()).includes('Thank you.'), { timeoutMs: 20_000, everyMs: 50 });
    await maria.reply('You are welcome.');
    expect(await maria.texts()).toEqual(['Is Dr Sokolova in?', 'She is, until six.', 'Thank you.', 'You are welcome.']);
    expect((await cordboard.bus('lag')).told).toMatch(/\ninbox +kafka +\d/);
  });
});
