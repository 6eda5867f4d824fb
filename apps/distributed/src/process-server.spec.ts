import { keptUnusedMs } from './connect-first';
import { Ports } from './ports';
import { ProcessServer } from './process-server';

describe('HTTP of a process', () => {
  it('keeps a connection nobody uses longer than the front does, so that no request meets its end', async () => {
    const port = await new Ports().take();
    const server = new ProcessServer();
    await server.listen(port, '127.0.0.1');
    const response = await fetch(`http://127.0.0.1:${port}/health/live`);
    const [, seconds] = /timeout=(\d+)/.exec(response.headers.get('keep-alive') ?? '') ?? [];
    expect(Number(seconds) * 1000).toBeGreaterThanOrEqual(2 * keptUnusedMs);
    await response.text();
    await server.finish(1000);
    server.close();
  });
});
