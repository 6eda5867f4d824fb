import { eventually } from '@cordboard/testing';
import { VisitorClient } from '../../testing/visitor-client';
import { WebchatFixture } from '../../testing/webchat-fixture';

describe('a visitor who comes back', () => {
  let webchat: WebchatFixture;
  beforeAll(async () => {
    webchat = await WebchatFixture.start({ environment: { WEBCHAT_VISITOR_BURST: '1000', WEBCHAT_VISITOR_MESSAGES_PER_S: '1000' } });
  });
  afterAll(() => webchat?.close());

  it('is given exactly what was missed', async () => {
    const visitor = await webchat.visitor();
    await visitor.send('one');
    await webchat.agentWrites(visitor, 'two');
    await eventually(() => visitor.lastN === 2);
    visitor.close();
    await webchat.agentWrites(visitor, 'three');
    await webchat.agentWrites(visitor, 'four');
    await eventually(async () => (await webchat.rows('message')).length === 4);
    const again = await webchat.visitor({ token: visitor.token, lastN: 2 });
    expect([...again.thread.values()].map((message) => [message.n, message.text])).toEqual([
      [3, 'three'],
      [4, 'four'],
    ]);
    const reloaded = await webchat.visitor({ token: visitor.token, lastN: null });
    expect([...reloaded.thread.values()].map((message) => message.n)).toEqual([1, 2, 3, 4]);
  });

  it('after breaks in the middle has the whole thread, in order, each message once', async () => {
    const visitor = await webchat.visitor();
    const heard: string[] = [];
    visitor.onMessage = (message) => heard.push(message.text);
    const acks = [];
    for (let index = 0; index < 30; index++) {
      acks.push(visitor.send(`v${index}`));
      await webchat.agentWrites(visitor, `a${index}`);
      if (index % 10 === 9) visitor.drop();
    }
    await Promise.all(acks);
    await eventually(() => heard.length === 30, { timeoutMs: 15_000 });
    expect(heard).toEqual(Array.from({ length: 30 }, (_, index) => `a${index}`));
    expect([...visitor.thread.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  }, 30_000);

  it('with more missed than one answer holds is given all of it', async () => {
    const visitor = await webchat.visitor();
    await visitor.send('first');
    visitor.close();
    await webchat.testing.admin.query(
      `insert into webchat.message (tenant_id, visitor_id, n, id, direction, text, client_msg_id, at)
       select $1, $2, n, gen_random_uuid(), 'in', 'm' || n, gen_random_uuid(), now() from generate_series(2, 1201) n`,
      [webchat.clinic.id, visitor.visitorId],
    );
    await webchat.testing.admin.query('update webchat.thread set last_n = 1201 where visitor_id = $1', [visitor.visitorId]);
    const again = await webchat.visitor({ token: visitor.token, lastN: 1 });
    await eventually(() => again.lastN === 1201);
    expect(again.thread.size).toBe(1200);
  });

  it('is told to begin anew when the token is not known, or the server has less than they', async () => {
    await expect(webchat.visitor({ token: `01900000-0000-7000-8000-000000000000.${'A'.repeat(43)}` })).rejects.toThrow(/^token/);
    const visitor = await webchat.visitor();
    await visitor.send('one');
    const ahead = await webchat.visitor({ token: visitor.token, lastN: 40 });
    expect(ahead.lastN).toBe(1);
  });

  it('cannot take another tenant’s visitor, nor a site that is not listed', async () => {
    const visitor = await webchat.visitor({ tenant: 'clinic' });
    await visitor.send('mine');
    await expect(webchat.visitor({ tenant: 'shop', token: visitor.token })).rejects.toThrow(/^token/);
    await expect(webchat.visitor({ tenant: 'nobody' })).rejects.toThrow(/^tenant/);
    await expect(webchat.visitor({ origin: 'https://elsewhere.example' })).rejects.toThrow(/^site/);
    const ofShop = await webchat.database.tenant(webchat.shop.id, (tx) => tx.query('select * from message'));
    expect(ofShop).toEqual([]);
  });

  it('is welcomed by the replica that is left when the other stops', async () => {
    const two = await WebchatFixture.start({ replicas: 2 });
    try {
      const visitor = await two.visitor({ replica: 1 });
      await visitor.send('here');
      const goes = two.replicas.pop();
      await goes?.stop();
      const moved: VisitorClient = await two.visitor({ token: visitor.token, lastN: visitor.lastN });
      expect((await moved.send('there')).n).toBe(2);
    } finally {
      await two.close();
    }
  });
});
