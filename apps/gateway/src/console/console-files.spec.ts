import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SpecGateway } from '../../testing/a-gateway';

describe('the console', () => {
  let gateway: SpecGateway;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'console-'));
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Cordboard</title>');
    writeFileSync(join(folder, 'assets', 'main-1a2b3c.js'), 'export {};');
    writeFileSync(join(folder, 'cordboard.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    gateway = await new SpecGateway().start({ environment: { CONSOLE_DIR: folder } });
  });
  afterAll(async () => {
    await gateway.stop();
    rmSync(folder, { recursive: true });
  });

  const get = (path: string) => fetch(`http://${gateway.host}${path}`);

  it.each(['/', '/waiting', '/conversations/0190a000?tab=notes'])(
    'answers %s with the page, never cached, under a strict policy',
    async (path) => {
      const response = await get(path);
      expect(await response.text()).toContain('<title>Cordboard</title>');
      expect(response.headers.get('cache-control')).toBe('no-store');
      const policy = response.headers.get('content-security-policy');
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('referrer-policy')).toBe('same-origin');
    },
  );

  it('lets browsers keep files with a hash in their name', async () => {
    const response = await get('/assets/main-1a2b3c.js');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-type')).toContain('javascript');
    expect((await get('/cordboard.svg')).headers.get('cache-control')).toBe('no-cache');
  });

  it.each(['/assets/gone.js', '/webchat/x', '/demo/shop', '/health/x', '/metrics', '/../package.json', '/%2e%2e/package.json'])(
    'answers %s with 404, not with the page',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );
});
