import { FakeServer } from '../../../testing/fake-transport';
import { Connection, type Phase } from './connection';
import { reconnectDelay } from './reconnect-delay';

function aConnection() {
  const [sockets, polls] = [new FakeServer(), new FakeServer()];
  const phases: Phase[] = [];
  const connection = new Connection(
    { onOpen: () => connection.send({ type: 'ping' }), onFrame: () => undefined, onPhase: (phase) => phases.push(phase) },
    { socket: sockets.open, poll: polls.open },
  );
  return { connection, sockets, polls, phases };
}

describe('the connection', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('notices within 45 s that nothing comes any more, and connects again', async () => {
    const { connection, sockets } = aConnection();
    connection.start();
    await jest.advanceTimersByTimeAsync(0);
    sockets.latest.welcome();
    await jest.advanceTimersByTimeAsync(25_000);
    expect(sockets.latest.of('ping').length).toBeGreaterThan(1);
    await jest.advanceTimersByTimeAsync(12_000);
    expect(sockets.connections).toHaveLength(2);
    connection.stop();
  });

  it('stays while pings are answered', async () => {
    const { connection, sockets } = aConnection();
    connection.start();
    await jest.advanceTimersByTimeAsync(0);
    sockets.latest.welcome();
    for (let minute = 0; minute < 6; minute++) {
      await jest.advanceTimersByTimeAsync(25_100);
      sockets.latest.say({ type: 'pong' });
    }
    expect(sockets.connections).toHaveLength(1);
    connection.stop();
  });

  it('polls when sockets never open', async () => {
    const { connection, sockets, polls, phases } = aConnection();
    sockets.reachable = false;
    connection.start();
    await jest.advanceTimersByTimeAsync(5_000);
    expect(sockets.connections).toHaveLength(2);
    polls.latest.welcome();
    expect(phases.at(-1)).toBe('online');
    connection.stop();
  });

  it('does not wait when the browser comes back online', async () => {
    const { connection, sockets } = aConnection();
    connection.start();
    await jest.advanceTimersByTimeAsync(0);
    sockets.latest.welcome();
    jest.spyOn(Math, 'random').mockReturnValue(0.99);
    sockets.latest.close();
    dispatchEvent(new Event('online'));
    await jest.advanceTimersByTimeAsync(0);
    expect(sockets.connections).toHaveLength(2);
    connection.stop();
    jest.restoreAllMocks();
  });

  it('pauses for a random time under a cap that doubles from 1 to 30 s', () => {
    const caps = [0, 1, 2, 3, 4, 5, 6, 50].map((attempt) => reconnectDelay(attempt, () => 1));
    expect(caps).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
    expect(reconnectDelay(5, () => 0)).toBe(0);
  });
});
