import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { leftBehind } from './left-behind';

const key = 'CORDBOARD_CI_RUN';
const program = 'process.stdout.write("up"); setInterval(() => undefined, 1000);';

let child: ChildProcess;
afterEach(async () => {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
});

async function start(marker: string): Promise<void> {
  child = spawn(process.execPath, ['-e', program], { env: { ...process.env, [key]: marker }, stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout as NodeJS.ReadableStream, 'data');
}

const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('processes left behind', () => {
  it('are those that carry the marker of the run', async () => {
    const since = Date.now() - 5000;
    await start('mine');
    expect(leftBehind('/nowhere', `${key}=mine`, since)).toEqual([expect.stringMatching(new RegExp(`^${child.pid} `))]);
    expect(leftBehind('/nowhere', `${key}=another`, since)).toEqual([]);
  });

  it('are never those that ran before', async () => {
    await start('early');
    expect(leftBehind('/nowhere', `${key}=early`, Date.now() + 60_000)).toEqual([]);
  });

  it('are none once they have ended', async () => {
    const since = Date.now() - 5000;
    await start('gone');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(leftBehind('/nowhere', `${key}=gone`, since)).toEqual([]);
  });
});
