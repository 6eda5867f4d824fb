import { randomUUID } from 'node:crypto';
import { type DataOf, inboundReceived } from '@cordboard/events';
import { WebchatFixture } from '../../testing/webchat-fixture';

interface MessageRow {
  n: number;
  text: string;
  client_msg_id: string;
}

describe('a visitor’s message', () => {
  let webchat: WebchatFixture;
  beforeAll(async () => {
    webchat = await WebchatFixture.start({
      replicas: 2,
      environment: { WEBCHAT_VISITOR_BURST: '1000', WEBCHAT_VISITOR_MESSAGES_PER_S: '1000' },
    });
  });
  afterAll(() => webchat?.close());

  const messagesOf = async (visitorId: string) =>
    (await webchat.rows<MessageRow & { visitor_id: string }>('message', 'n')).filter((row) => row.visitor_id === visitorId);

  it('is stored, published and acknowledged with its number', async () => {
    const visitor = await webchat.visitor();
    const trace = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const ack = await visitor.send('Здравствуйте', undefined, trace);
    expect(ack.n).toBe(1);
    const event = (await webchat.published<DataOf<typeof inboundReceived>>('inbound.received')).find(
      (one) => one.data.identity === visitor.visitorId,
    );
    expect(event).toMatchObject({
      tenantid: webchat.clinic.id,
      partitionkey: `${webchat.clinic.id}:webchat:${visitor.visitorId}`,
      traceparent: trace,
      data: { text: 'Здравствуйте', externalId: ack.clientMsgId, occurredAt: ack.at },
    });
  });

  it('said ten times in parallel over two replicas is one message, acknowledged alike', async () => {
    const first = await webchat.visitor();
    const others = await Promise.all(
      Array.from({ length: 9 }, (_, index) => webchat.visitor({ token: first.token, lastN: null, replica: index % 2 })),
    );
    await first.send('before');
    const id = randomUUID();
    const acks = await Promise.all([first, ...others].map((visitor) => visitor.send('once', id)));
    expect(new Set(acks.map((ack) => `${ack.id} ${ack.n}`)).size).toBe(1);
    const after = await first.send('after');
    expect((await messagesOf(first.visitorId)).map((row) => [row.n, row.text])).toEqual([
      [1, 'before'],
      [2, 'once'],
      [3, 'after'],
    ]);
    expect(after.n).toBe(3);
    const published = await webchat.published<DataOf<typeof inboundReceived>>('inbound.received');
    expect(published.filter((event) => event.data.externalId === id)).toHaveLength(1);
  });

  it('gets a number without gaps from four connections at once, among repetitions', async () => {
    const first = await webchat.visitor();
    const others = await Promise.all([0, 1, 1].map((replica) => webchat.visitor({ token: first.token, lastN: null, replica })));
    const repeated = randomUUID();
    await Promise.all(
      [first, ...others].flatMap((visitor, index) =>
        Array.from({ length: 25 }, (_, number) => visitor.send(`${index}:${number}`, number % 10 === 5 ? repeated : randomUUID())),
      ),
    );
    const rows = await messagesOf(first.visitorId);
    expect(rows.map((row) => row.n)).toEqual(Array.from({ length: rows.length }, (_, index) => index + 1));
    expect(rows).toHaveLength(4 * 23 + 1);
    for (let index = 0; index < 4; index++) {
      const own = rows
        .filter((row) => row.text.startsWith(`${index}:`) && row.client_msg_id !== repeated)
        .map((row) => Number(row.text.slice(2)));
      expect(own).toEqual([...own].sort((a, b) => a - b));
    }
  });

  it('with characters that cannot be stored is cleaned, and one that is too long is refused alone', async () => {
    const visitor = await webchat.visitor();
    await visitor.send('a\u0000b\ud800c');
    await expect(visitor.send('x'.repeat(4097))).rejects.toThrow(/1 to 4096 characters/);
    await visitor.send('still here');
    expect((await messagesOf(visitor.visitorId)).map((row) => row.text)).toEqual(['ab\ufffdc', 'still here']);
  });
});

describe('more messages than can be carried', () => {
  it('are put off with a time to come back, kept by the client, and all arrive', async () => {
    const webchat = await WebchatFixture.start({
      environment: { WEBCHAT_LANES: '1', WEBCHAT_LANE_QUEUE: '2', WEBCHAT_VISITOR_BURST: '100', WEBCHAT_VISITOR_MESSAGES_PER_S: '100' },
    });
    try {
      const visitors = await Promise.all(Array.from({ length: 12 }, () => webchat.visitor()));
      let busy = 0;
      for (const visitor of visitors) visitor.onBusy = () => busy++;
      await Promise.all(visitors.map((visitor) => visitor.send('hello')));
      expect(busy).toBeGreaterThan(0);
      expect(await webchat.rows('message')).toHaveLength(12);
    } finally {
      await webchat.close();
    }
  });

  it('from one visitor are put off by that visitor’s own limit', async () => {
    const webchat = await WebchatFixture.start({ environment: { WEBCHAT_VISITOR_BURST: '1', WEBCHAT_VISITOR_MESSAGES_PER_S: '2' } });
    try {
      const [hasty, calm] = await Promise.all([webchat.visitor(), webchat.visitor()]);
      const waits: number[] = [];
      hasty.onBusy = (ms) => waits.push(ms);
      await Promise.all(Array.from({ length: 4 }, (_, index) => hasty.send(String(index))));
      await calm.send('hello');
      expect(waits[0]).toBeGreaterThan(0);
      expect(waits[0]).toBeLessThanOrEqual(500);
    } finally {
      await webchat.close();
    }
  });
});
