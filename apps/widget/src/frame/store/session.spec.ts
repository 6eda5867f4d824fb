import { aMessage, FakeServer } from '../../../testing/fake-transport';
import { Keep } from './keep';
import { LentStorage } from './lent-storage';
import { Session } from './session';

async function aSession(stored: Record<string, string> = { token: 'known' }) {
  const server = new FakeServer();
  const saved: Record<string, string | null> = {};
  const keep = await Keep.open(
    'clinic',
    new LentStorage({ ...stored }, (name, value) => {
      saved[name] = value;
    }),
  );
  const session = new Session({
    tenant: 'clinic',
    origin: 'http://127.0.0.1',
    language: 'ru',
    keep,
    transports: { socket: server.open, poll: server.open },
  });
  await session.start();
  await flush();
  return { session, server, saved };
}

const flush = () => jest.advanceTimersByTimeAsync(0);
const texts = (session: Session) => session.state.messages.map((message) => message.text);

describe('the visitor’s session', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('connects a newcomer only when they open the panel, and keeps the token', async () => {
    const { session, server, saved } = await aSession({});
    expect(server.connections).toHaveLength(0);
    session.setVisible(true);
    await flush();
    expect(server.latest.of('hello')).toMatchObject([{ token: null, lastN: null, origin: 'http://127.0.0.1' }]);
    server.latest.welcome({ token: 'fresh', reset: true });
    await flush();
    expect(saved.token).toBe('fresh');
  });

  it('moves a message from the outbox into the thread when it is acknowledged', async () => {
    const { session, server, saved } = await aSession();
    server.latest.welcome();
    session.send('Здравствуйте');
    const [sent] = server.latest.of('send');
    expect(session.state.outbox).toMatchObject([{ text: 'Здравствуйте', state: 'waiting' }]);
    expect(sent?.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(saved[`outbox:${sent?.clientMsgId}`]).toContain('Здравствуйте');
    server.latest.ack(1);
    expect(session.state.outbox).toEqual([]);
    expect(texts(session)).toEqual(['Здравствуйте']);
    expect(saved[`outbox:${sent?.clientMsgId}`]).toBeNull();
  });

  it('keeps three messages written without a connection and sends them in order, one after the other', async () => {
    const { session, server } = await aSession();
    server.latest.welcome();
    server.reachable = false;
    server.latest.close();
    for (const text of ['one', 'two', 'three']) session.send(text);
    await jest.advanceTimersByTimeAsync(5_000);
    server.reachable = true;
    dispatchEvent(new Event('online'));
    await flush();
    server.latest.welcome();
    expect(server.latest.of('hello')[0]?.lastN).toBeNull();
    for (const n of [1, 2, 3]) {
      expect(server.latest.of('send')).toHaveLength(n);
      server.latest.ack(n);
    }
    expect(texts(session)).toEqual(['one', 'two', 'three']);
  });

  it('says a message again after a break, with the same id, and shows it once', async () => {
    const { session, server } = await aSession();
    server.latest.welcome();
    session.send('once');
    const id = server.latest.of('send')[0]?.clientMsgId;
    server.latest.close();
    await jest.advanceTimersByTimeAsync(2_000);
    server.latest.welcome({ n: 1, missed: [aMessage(1, { from: 'visitor', text: 'once', clientMsgId: id ?? '' })] });
    expect(server.latest.of('send')).toEqual([]);
    expect(texts(session)).toEqual(['once']);
    expect(session.state.outbox).toEqual([]);
  });

  it('keeps a message that the busy server put off and tries it again later', async () => {
    const { session, server } = await aSession();
    server.latest.welcome();
    session.send('patient');
    server.latest.say({ type: 'busy', clientMsgId: server.latest.of('send')[0]?.clientMsgId ?? '', retryAfterMs: 1_000 });
    expect(session.state).toMatchObject({ busy: true, outbox: [{ state: 'waiting' }] });
    expect(server.latest.of('send')).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1_600);
    expect(server.latest.of('send')).toHaveLength(2);
    server.latest.ack(1);
    expect(session.state).toMatchObject({ busy: false, outbox: [] });
  });

  it('lets a refused message stand as failed, sends the next, and repeats it when asked', async () => {
    const { session, server } = await aSession();
    server.latest.welcome();
    session.send('bad');
    const bad = server.latest.of('send')[0]?.clientMsgId ?? '';
    server.latest.say({ type: 'refused', code: 'text', clientMsgId: bad, message: '' });
    session.send('good');
    expect(server.latest.of('send').map((frame) => frame.text)).toEqual(['bad', 'good']);
    server.latest.ack(1);
    expect(session.state.outbox).toMatchObject([{ text: 'bad', state: 'failed' }]);
    session.retry(bad);
    expect(server.latest.of('send').at(-1)?.clientMsgId).toBe(bad);
  });

  it('asks for what a gap left out, and takes a repeated message once', async () => {
    const { session, server } = await aSession();
    server.latest.welcome({ n: 1, missed: [aMessage(1)] });
    server.latest.say({ type: 'message', message: aMessage(4) });
    await jest.advanceTimersByTimeAsync(300);
    expect(server.latest.of('sync')).toEqual([{ type: 'sync', afterN: 1 }]);
    server.latest.say({ type: 'messages', n: 4, messages: [aMessage(2), aMessage(3), aMessage(4)] });
    server.latest.say({ type: 'message', message: aMessage(3) });
    expect(session.state.messages.map((message) => message.n)).toEqual([1, 2, 3, 4]);
  });

  it('marks delivered at once and read only while the panel is seen', async () => {
    const { session, server } = await aSession();
    server.latest.welcome();
    server.latest.say({ type: 'message', message: aMessage(1) });
    expect(server.latest.of('delivered')).toEqual([{ type: 'delivered', upToN: 1 }]);
    expect(server.latest.of('read')).toEqual([]);
    expect(session.unread).toBe(1);
    session.setVisible(true);
    expect(server.latest.of('read')).toEqual([{ type: 'read', upToN: 1 }]);
    expect(session.unread).toBe(0);
  });

  it('shows who types, until the message comes or six seconds have passed', async () => {
    const { session, server } = await aSession();
    server.latest.welcome();
    server.latest.say({ type: 'typing', typing: true, name: 'Maria' });
    expect(session.state.typing).toBe('Maria');
    server.latest.say({ type: 'message', message: aMessage(1) });
    expect(session.state.typing).toBeNull();
    server.latest.say({ type: 'typing', typing: true, name: 'Maria' });
    await jest.advanceTimersByTimeAsync(6_100);
    expect(session.state.typing).toBeNull();
  });

  it('says that the visitor types at most once in three seconds', async () => {
    const { session, server } = await aSession();
    server.latest.welcome();
    for (let index = 0; index < 20; index++) {
      session.typed('x');
      await jest.advanceTimersByTimeAsync(200);
    }
    expect(server.latest.of('typing')).toEqual([
      { type: 'typing', typing: true },
      { type: 'typing', typing: true },
    ]);
    session.typed('');
    expect(server.latest.of('typing').at(-1)).toEqual({ type: 'typing', typing: false });
  });

  it('begins anew when the server does not know the token, and keeps what was not sent', async () => {
    const { session, server, saved } = await aSession();
    session.send('kept');
    server.latest.say({ type: 'refused', code: 'token', clientMsgId: null, message: '' });
    await jest.advanceTimersByTimeAsync(3_100);
    expect(server.latest.of('hello')).toMatchObject([{ token: null }]);
    expect(saved.token).toBeNull();
    server.latest.welcome({ token: 'fresh', reset: true });
    expect(server.latest.of('send')).toMatchObject([{ text: 'kept' }]);
  });

  it('gives up where the site is not allowed, and says so', async () => {
    const { session, server } = await aSession();
    server.latest.say({ type: 'refused', code: 'site', clientMsgId: null, message: '' });
    await jest.advanceTimersByTimeAsync(60_000);
    expect(session.state.refused).toBe('site');
    expect(server.connections).toHaveLength(1);
  });
});
