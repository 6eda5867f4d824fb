import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@cordboard/testing';
import { Cordboard } from './support/cordboard';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

describe('A crash', () => {
  let cordboard: Cordboard;

  beforeEach(async () => {
    cordboard = await Cordboard.start();
  });

  afterEach(() => cordboard?.stop());

  const postmaster = () => Number(readFileSync(join(cordboard.dataFolder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);

  it('of the process takes its database server with it, and the next start recovers', async () => {
    const pid = postmaster();
    await cordboard.kill();
    await eventually(() => !isAlive(pid), { timeoutMs: 10_000 });
    await cordboard.launch();
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
    expect(await cordboard.end()).toBe(0);
    expect(isAlive(pid)).toBe(false);
  });
});
