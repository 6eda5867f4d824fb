import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive } from '@cordboard/persistence';
import { eventually, withKafka } from '@cordboard/testing';
import { VisitorClient } from '../../../tools/drive/visitor-client';
import { Conversation } from '../testing/conversation';
import { Installation } from '../testing/installation';

// Ten processes are renewed one after the other: most of a minute on two cores of their own, several on shared ones.
jest.setTimeout(400_000);

const twoOfMost = ['--replicas', 'inbox=2,routing=2,gateway=2,webchat=2'];
const recovery = { timeoutMs: 30_000, everyMs: 50 };

withKafka('The distributed shape', (brokers) => {
  let cordboard: Installation;
  let maria: Conversation;
  let omar: Conversation;

  beforeAll(async () => {
    const environment = { KAFKA_BROKERS: brokers, KAFKA_PREFIX: `distributed-${randomBytes(4).toString('hex')}`, TRUSTED_PROXIES: '1' };
    cordboard = await Installation.open(environment, twoOfMost);
  });
  afterAll(async () => {
    maria?.end();
    omar?.end();
    await cordboard?.dispose();
  });

  it('carries a conversation over processes of every service, and tells over which', async () => {
    maria = await Conversation.begin(cordboard.port, 'maria@demo.cordboard.example', '10.0.0.1', 'Is Dr Sokolova in?');
    await maria.reply('She is, until six.');
    await maria.write('Thank you.');
    const publishers = await cordboard.publishersOf(maria.theirs.conversationId);
    expect(publishers.map((name) => name.replace(/-[12]$/, '')).sort()).toEqual(expect.arrayContaining(['inbox', 'routing', 'webchat']));
    expect([maria.agent.instance, maria.visitor.instance]).toEqual([
      expect.stringMatching(/^gateway-[12]$/),
      expect.stringMatching(/^webchat-[12]$/),
    ]);
  });

  it('has every replica do its share', async () => {
    omar = await Conversation.begin(cordboard.port, 'omar@demo.cordboard.example', '10.0.0.2', 'Do you open on Sunday?');
    await omar.reply('From ten to two.');
    expect(omar.agent.instance).not.toBe(maria.agent.instance);
    expect(omar.visitor.instance).not.toBe(maria.visitor.instance);
    await sixteenVisitors(cordboard.port);
    await eventually(async () => {
      for (const service of ['webchat', 'inbox', 'routing']) {
        expect(await cordboard.publishersOf(service)).toEqual(expect.arrayContaining([`${service}-1`, `${service}-2`]));
      }
    }, recovery);
  });

  it('shows what is written in one tab in another that is at another replica', async () => {
    const { options, token, instance } = maria.visitor;
    const tabs: VisitorClient[] = [];
    try {
      const elsewhere = await eventually(async () => {
        const tab = new VisitorClient({ ...options, token: token ?? '' }, {});
        tabs.push(tab);
        tab.connect();
        await eventually(() => tab.isOnline, recovery);
        return tab.instance !== instance && tab;
      }, recovery);
      await maria.write('Written in the first tab.');
      await eventually(() => elsewhere.lastN === maria.visitor.lastN, recovery);
    } finally {
      for (const tab of tabs) tab.disconnect();
    }
  });

  it('starts a killed process again, and the conversation goes on', async () => {
    const before = cordboard.processes.filter(({ name }) => name === 'inbox');
    for (const { pid } of before) process.kill(pid ?? 0, 'SIGKILL');
    await maria.write('One more thing.');
    await maria.reply('Of course.');
    await eventually(() => {
      const now = cordboard.processes.filter(({ name }) => name === 'inbox');
      expect(now.map(({ instance, state }) => [instance, state])).toEqual(before.map(({ instance }) => [instance, 'ready']));
      for (const [index, { pid }] of now.entries()) expect(pid).not.toBe(before[index]?.pid);
    }, recovery);
  });

  it('renews every process under load: no request fails, and no command that is said again', async () => {
    const before = new Set(cordboard.processes.map(({ pid }) => pid));
    const load = new Load([maria, omar]);
    const told = await cordboard.restart('all').finally(() => load.stop());
    expect(told.trim().split('\n')).toHaveLength(before.size + 1);
    expect(cordboard.processes.filter(({ pid, state }) => before.has(pid) || state !== 'ready')).toEqual([]);
    expect(load.failures).toEqual([]);
    for (const [conversation, sent] of load.sent) {
      expect(sent.length).toBeGreaterThan(10);
      await eventually(async () => {
        expect((await conversation.texts()).filter((text) => text.startsWith('load '))).toEqual(expect.arrayContaining(sent));
      }, recovery);
      const shown = (await conversation.texts()).filter((text) => text.startsWith('load '));
      expect(shown).toHaveLength(sent.length);
      for (const side of ['load agent', 'load visitor']) {
        expect(shown.filter((text) => text.startsWith(side))).toEqual(sent.filter((text) => text.startsWith(side)));
      }
      await eventually(
        () => expect(conversation.seenByVisitor).toEqual(expect.arrayContaining(sent.filter((text) => text.startsWith('load agent')))),
        recovery,
      );
    }
  });

  it('stops with nothing left behind, in the middle of a restart too', async () => {
    const count = cordboard.processes.length;
    const restarted = cordboard.restart('inbox').catch(() => undefined);
    await eventually(() => cordboard.processes.length > count, recovery);
    const { pids } = cordboard;
    expect(pids.length).toBeGreaterThan(12);
    expect(await cordboard.stop()).toBe(0);
    await restarted;
    expect(pids.filter(isAlive)).toEqual([]);
    expect(cordboard.processes).toEqual([]);
  });

  it('leaves nothing behind when it is killed', async () => {
    await cordboard.startAs('distributed');
    const { pids } = cordboard;
    await cordboard.kill();
    await eventually(() => expect(pids.filter(isAlive)).toEqual([]), recovery);
  });
});

describe('The distributed shape without its brokers', () => {
  it('says in one line what is wrong, and ends', async () => {
    const opened = Installation.open({ KAFKA_BROKERS: '127.0.0.1:1' }, []);
    await expect(opened).rejects.toThrow(/\nKafka cannot be used at 127\.0\.0\.1:1: .*ECONNREFUSED.* Check KAFKA_BROKERS[^\n]*\n$/);
  });
});

/**
 * Both sides of conversations say something all the time; every refusal is noted. Agents' messages go by HTTP, where nothing is
 * tried twice, and by the socket in turn: a socket may close before the answer, so there the same is said once more.
 */
class Load {
  readonly sent = new Map<Conversation, string[]>();
  readonly failures: string[] = [];
  private readonly running: Promise<void>;
  private isOver = false;

  constructor(conversations: readonly Conversation[]) {
    this.running = Promise.all(conversations.map((conversation) => this.run(conversation))).then(() => undefined);
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await this.running;
  }

  private async run(conversation: Conversation): Promise<void> {
    const sent: string[] = [];
    this.sent.set(conversation, sent);
    for (let number = 1; !this.isOver; number++) {
      sent.push(`load agent ${number}`, `load visitor ${number}`);
      await Promise.all([
        this.answer(conversation, number).catch((error: Error) => this.failures.push(error.message)),
        conversation.write(`load visitor ${number}`).catch((error: Error) => this.failures.push(error.message)),
        pause(50),
      ]);
    }
  }

  private async answer({ agent, theirs }: Conversation, number: number): Promise<void> {
    const { tenantId, conversationId } = theirs;
    const clientId = randomUUID();
    const say = () => agent.send(tenantId, conversationId, `load agent ${number}`, clientId);
    agent.commandsBy = number % 2 === 0 ? 'socket' : 'http';
    if (agent.commandsBy === 'http') await say();
    else await say().catch(say);
  }
}

/** Each writes once. */
async function sixteenVisitors(port: number): Promise<void> {
  await Promise.all(
    Array.from({ length: 16 }, async (_, index) => {
      let isAcknowledged = false;
      const visitor = new VisitorClient(
        { port, tenant: 'shop', address: `10.0.1.${index}`, marks: false },
        { onAck: () => (isAcknowledged = true) },
      );
      visitor.connect();
      visitor.send(`Visitor ${index}`);
      await eventually(() => isAcknowledged, recovery).finally(() => visitor.disconnect());
    }),
  );
}
