import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const workspace = join(__dirname, '../../..');

/** A workspace of five projects whose files import nothing. */
const clean: Record<string, string> = {
  'tsconfig.base.json': JSON.stringify({
    compilerOptions: { paths: { '@cordboard/kit': ['./libs/kit/src/index.ts'], '@cordboard/parts': ['./libs/parts/src/index.ts'] } },
  }),
  'apps/shop/project.json': tagged('shop', 'type:app', 'platform:node', 'role:service'),
  'apps/shop/src/main.ts': 'export const shop = 1;',
  'apps/bank/project.json': tagged('bank', 'type:app', 'platform:node', 'role:service'),
  'apps/bank/src/main.ts': 'export const bank = 1;',
  'apps/all/project.json': tagged('all', 'type:app', 'platform:node', 'imports:services'),
  'apps/all/src/main.ts': "import '../../bank/src/main';",
  'libs/kit/project.json': tagged('kit', 'type:kit', 'platform:node'),
  'libs/kit/src/index.ts': "export * from './inside';",
  'libs/kit/src/inside.ts': 'export const inside = 1;',
  'libs/facts/project.json': tagged('facts', 'type:contract', 'platform:any'),
  'libs/facts/src/index.ts': 'export const facts = 1;',
  'libs/parts/project.json': tagged('parts', 'type:ui', 'platform:web'),
  'libs/parts/src/index.ts': 'export const parts = 1;',
};

function tagged(name: string, ...tags: string[]): string {
  return JSON.stringify({ name, tags });
}

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'boundaries-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** What the check says of the clean workspace with these files changed. */
async function cruise(changed: Record<string, string> = {}): Promise<{ code: number; output: string }> {
  for (const [path, text] of Object.entries({ ...clean, ...changed })) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const program = join(workspace, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [program, 'apps', 'libs', '--config', join(workspace, '.dependency-cruiser.cjs')];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: root, env: { ...process.env, CRUISE_ROOT: root } }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
}

describe('boundaries between projects', () => {
  it('lets a clean workspace pass', async () => {
    expect(await cruise()).toEqual({ code: 0, output: expect.stringContaining('no dependency violations') });
  });

  it.each([
    ['an app that imports an app', 'apps/shop/src/main.ts', "import '../../bank/src/main';", 'shop-never-imports-bank'],
    ['a type import of an app', 'apps/shop/src/main.ts', "import type { bank } from '../../bank/src/main';", 'shop-never-imports-bank'],
    ['a library that imports an app', 'libs/kit/src/inside.ts', "import '../../../apps/shop/src/main';", 'kit-never-imports-shop'],
    ['a contract that imports a kit', 'libs/facts/src/index.ts', "import '@cordboard/kit';", 'facts-never-imports-kit'],
    ['Node code that imports web code', 'apps/shop/src/main.ts', "import '@cordboard/parts';", 'shop-never-meets-parts'],
    ['a way round a public index', 'apps/shop/src/main.ts', "import '../../../libs/kit/src/inside';", 'kit-through-its-index'],
    ['a Node module in web code', 'libs/parts/src/index.ts', "import 'node:fs';", 'parts-runs-in-browsers'],
    ['two files that import each other', 'libs/kit/src/inside.ts', "import './index';", 'no-import-cycle'],
    ['a file that is not there', 'libs/kit/src/inside.ts', "import './gone';", 'nothing-unresolved'],
  ])('stops %s', async (_offence, path, text, rule) => {
    const { code, output } = await cruise({ [path]: text });
    expect(output).toContain(rule);
    expect(code).toBeGreaterThan(0);
  });

  it('stops a project without tags', async () => {
    const { code, output } = await cruise({ 'libs/kit/project.json': tagged('kit') });
    expect(output).toContain('the tag type:… is missing or unknown');
    expect(code).toBeGreaterThan(0);
  });
});
