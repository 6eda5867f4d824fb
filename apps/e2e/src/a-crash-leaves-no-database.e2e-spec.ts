import { isAlive } from '@cordboard/persistence';
import { eventually } from '@cordboard/testing';
import { Cordboard } from './support/cordboard';

describe('A crash', () => {
  let cordboard: Cordboard;

  beforeEach(async () => {
    cordboard = await Cordboard.open();
  });

  afterEach(() => cordboard?.dispose());

  const postmaster = () => cordboard.postmaster?.pid ?? 0;

  it('of the process takes its database server with it, and the next start recovers', async () => {
    const pid = postmaster();
    await cordboard.kill();
    await eventually(() => !isAlive(pid), { timeoutMs: 10_000 });
    await cordboard.start();
    expect(postmaster()).not.toBe(pid);
  });

  it('of the database server is noticed: readiness says so, and it is back by itself', async () => {
    const ready = async () => (await fetch(`${cordboard.console}/health/ready`)).status;
    expect(await ready()).toBe(200);
    process.kill(postmaster(), 'SIGKILL');
    await eventually(async () => (await ready()) === 503, { timeoutMs: 15_000 });
    await eventually(async () => (await ready()) === 200, { timeoutMs: 30_000 });
  });

  it('is not needed to stop: everything ends by itself when it is told to, the database server with it', async () => {
    const pid = postmaster();
    expect(await cordboard.stop()).toBe(0);
    expect(isAlive(pid)).toBe(false);
  });
});
