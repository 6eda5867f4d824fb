import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzippedBytes, overBudget } from './measure';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'budgets-'));
  mkdirSync(join(root, 'assets'));
});
afterEach(() => rmSync(root, { recursive: true }));

const budget = { title: 'The page', file: 'index.html', counts: /\.js$/, limitBytes: 5_000 };
/** Text that does not compress. */
const noise = (bytes: number) => `/*${randomBytes(bytes).toString('latin1').replace(/\*\//g, '**')}*/`;

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text, 'latin1');
}

describe('budgets of what a page loads', () => {
  it('count the script, what it preloads and what that imports, gzipped', () => {
    write({
      'index.html':
        '<script type="module" src="/webchat/assets/main.js"></script><link rel="modulepreload" href="/webchat/assets/parts.js">',
      'assets/main.js': `import{a as b}from"./parts.js";import"./more.js";${noise(1000)}`,
      'assets/parts.js': `export const a=1;${noise(1000)}`,
      'assets/more.js': noise(1000),
    });
    const bytes = gzippedBytes(root, budget);
    expect(bytes).toBeGreaterThan(3000);
    expect(overBudget(budget, bytes)).toBeUndefined();
  });

  it('leave out what is fetched later, and styles where only script counts', () => {
    write({
      'index.html': '<script type="module" src="./assets/main.js"></script><link rel="stylesheet" href="./assets/main.css">',
      'assets/main.js': 'const later=()=>import("./later.js");',
      'assets/later.js': noise(9000),
      'assets/main.css': noise(9000),
    });
    expect(gzippedBytes(root, budget)).toBeLessThan(100);
  });

  it('stop a page that has grown too big, wherever the script stands', () => {
    write({
      'index.html': '<script type="module" src="/assets/main.js"></script>',
      'assets/main.js': 'export*from"./parts.js";',
      'assets/parts.js': noise(9000),
    });
    expect(overBudget(budget, gzippedBytes(root, budget))).toMatch(/^The page is \d+\.\d kB gzipped, \d+\.\d kB more than its 5.0 kB\.$/);
  });

  it('stop a build without the page', () => expect(() => gzippedBytes(root, budget)).toThrow('index.html is not there'));
});
