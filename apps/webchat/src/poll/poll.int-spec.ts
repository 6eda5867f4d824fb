import { randomUUID } from 'node:crypto';
import { PROTOCOL_VERSION, type ServerFrame, type WelcomeFrame } from '@cordboard/webchat-protocol';
import { WebchatFixture } from '../../testing/webchat-fixture';

describe('a visitor whose network lets no socket through', () => {
  let webchat: WebchatFixture;
  beforeAll(async () => {
    webchat = await WebchatFixture.start({ replicas: 2 });
  });
  afterAll(() => webchat?.close());

  async function ask(replica: number, path: string, token: string, frame?: object): Promise<ServerFrame[]> {
    const response = await fetch(`${webchat.replicas[replica]?.url}/webchat/${path}`, {
      method: frame ? 'POST' : 'GET',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      ...(frame ? { body: JSON.stringify({ tenant: 'clinic', frame }) } : {}),
    });
    expect(response.status).toBe(200);
    return ((await response.json()) as { frames: ServerFrame[] }).frames;
  }

  it('writes and hears by requests, whichever replica answers', async () => {
    const hello = {
      type: 'hello',
      v: PROTOCOL_VERSION,
      tenant: 'clinic',
      token: null,
      lastN: null,
      origin: 'http://127.0.0.1',
      language: 'en',
    };
    const [welcome] = (await ask(0, 'send', '', hello)) as [WelcomeFrame];
    const token = welcome.token ?? '';
    const clientMsgId = randomUUID();
    const message = { type: 'send', clientMsgId, text: 'by post', page: null, traceparent: null };
    expect(await ask(1, 'send', token, message)).toMatchObject([{ type: 'ack', clientMsgId, n: 1 }]);
    expect(await ask(0, 'send', token, message)).toMatchObject([{ type: 'ack', clientMsgId, n: 1 }]);
    expect(await ask(0, 'poll?tenant=clinic&lastN=0', token)).toMatchObject([{ type: 'message', message: { n: 1, text: 'by post' } }]);

    const visitor = await webchat.visitor({ token, lastN: null });
    const poll = ask(1, 'poll?tenant=clinic&lastN=1', token);
    await webchat.agentWrites(visitor, 'an answer');
    expect(await poll).toMatchObject([{ type: 'message', message: { n: 2, text: 'an answer', authorName: 'Maria' } }]);
    expect(await ask(0, 'poll?tenant=clinic&lastN=0', 'nonsense')).toMatchObject([{ type: 'refused', code: 'token' }]);
  });
});
