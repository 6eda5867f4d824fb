import { randomBytes } from 'node:crypto';
import { withKafka } from '@cordboard/testing';
import { buildCordboard } from '../../../tools/drive/build-cordboard';
import { CordboardProcess } from '../../../tools/drive/cordboard-process';
import { runCommand } from '../../../tools/lib/run-command';
import { Conversation } from '../testing/conversation';
import { Installation } from '../testing/installation';

jest.setTimeout(180_000);

withKafka('A demo that ran in one process', (brokers) => {
  const environment = { KAFKA_BROKERS: brokers, KAFKA_PREFIX: `moved-${randomBytes(4).toString('hex')}` };
  let before: CordboardProcess;
  let after: Installation | undefined;
  let maria: Conversation | undefined;

  beforeAll(async () => {
    await buildCordboard();
    before = await CordboardProcess.create('moved', environment);
    await before.start();
  });
  afterAll(async () => {
    maria?.end();
    await after?.end('SIGTERM');
    await before.dispose();
  });

  const bus = (...args: string[]) =>
    runCommand(process.execPath, ['dist/distributed/bus.js', ...args], { env: { ...environment, CORDBOARD_DATA: before.dataFolder } });

  it('goes on in many, and so do its conversations', async () => {
    maria = await Conversation.begin(before.port, 'maria@demo.cordboard.example', '10.0.0.1', 'Is Dr Sokolova in?');
    await maria.reply('She is, until six.');
    expect((await bus('move')).output).toContain('Cordboard runs on this data. Stop it, then move.');
    await before.stop();

    await expect(Installation.over(before, environment)).rejects.toThrow('Move it first: npm run bus -- move');
    const moved = await bus('move');
    expect(moved.output).toMatch(/\d+ groups go on in Kafka\.\n {2}\d+ events carried/);
    expect(moved.code).toBe(0);
    expect((await bus('move')).output).toContain('there is nothing to move');
    await expect(before.start()).rejects.toThrow('Start it with npm run start:distributed');

    after = await Installation.over(before, environment);
    await maria.write('Thank you.');
    await maria.reply('You are welcome.');
    expect(await maria.texts()).toEqual(['Is Dr Sokolova in?', 'She is, until six.', 'Thank you.', 'You are welcome.']);
    expect((await bus('lag')).output).toMatch(/\ninbox +kafka/);
  });
});
