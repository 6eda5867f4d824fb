import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readProjects } from './boundary-rules.cjs';

const here = join(__dirname, '../../..');

/** A workspace of seven projects whose files import nothing. */
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
  'apps/each/project.json': tagged('each', 'type:app', 'platform:node', 'imports:services', 'imports:all'),
  'apps/each/src/main.ts': "import '../../all/src/main'; import '../../bank/src/main';",
  'libs/kit/project.json': tagged('kit', 'type:kit', 'platform:node'),
  'libs/kit/src/index.ts': "export * from './inside';",
  'libs/kit/src/inside.ts': 'export const inside = 1;',
  'libs/facts/project.json': tagged('facts', 'type:contract', 'platform:any'),
  'libs/facts/src/index.ts': 'export const facts = 1;',
  'libs/parts/project.json': tagged('parts', 'type:ui', 'platform:web'),
  'libs/parts/src/index.ts': 'export const parts = 1;',
  'node_modules/kafkajs/package.json': '{ "name": "kafkajs", "main": "index.js" }',
  'node_modules/kafkajs/index.js': '',
};

function tagged(name: string, ...tags: string[]): string {
  return JSON.stringify({ name, tags });
}

/** One offence a file. */
const offences: [offence: string, path: string, text: string, rule: string][] = [
  ['an app that imports an app', 'apps/shop/src/a.ts', "import '../../bank/src/main';", 'shop-never-imports-bank'],
  ['a type import of an app', 'apps/shop/src/b.ts', "import type { bank } from '../../bank/src/main';", 'shop-never-imports-bank'],
  ['an app that imports the app of all others untold', 'apps/all/src/l.ts', "import '../../each/src/main';", 'all-never-imports-each'],
  ['a library that imports an app', 'libs/kit/src/c.ts', "import '../../../apps/shop/src/main';", 'kit-never-imports-shop'],
  ['a contract that imports a kit', 'libs/facts/src/d.ts', "import '@cordboard/kit';", 'facts-never-imports-kit'],
  ['Node code that imports web code', 'apps/shop/src/e.ts', "import '@cordboard/parts';", 'shop-never-meets-parts'],
  ['a way round a public index', 'apps/shop/src/f.ts', "import '../../../libs/kit/src/inside';", 'kit-through-its-index'],
  ['a Node module in web code', 'libs/parts/src/g.ts', "import 'node:fs';", 'parts-runs-in-browsers'],
  ['two files that import each other', 'libs/kit/src/h.ts', "import './i';", 'no-import-cycle'],
  ['a use of kafkajs outside the event bus', 'apps/shop/src/k.ts', "import 'kafkajs';", 'kafka-in-the-event-bus'],
  ['a file that is not there', 'libs/kit/src/j.ts', "import './gone';", 'nothing-unresolved'],
];

function workspace(changed: Record<string, string> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'boundaries-'));
  for (const [path, text] of Object.entries({ ...clean, ...changed })) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** What the check says of a workspace with these files beside the clean ones. */
async function cruise(changed: Record<string, string> = {}): Promise<{ code: number; output: string }> {
  const root = workspace(changed);
  const program = join(here, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [program, 'apps', 'libs', '--config', join(here, '.dependency-cruiser.cjs')];
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      args,
      { cwd: root, env: { ...process.env, CRUISE_ROOT: root, FORCE_COLOR: '0' } },
      (error, stdout, stderr) => {
        rmSync(root, { recursive: true });
        resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr });
      },
    );
  });
}

describe('boundaries between projects', () => {
  let found: { code: number; output: string };
  beforeAll(async () => {
    const files = Object.fromEntries(offences.map(([, path, text]) => [path, text]));
    found = await cruise({ ...files, 'libs/kit/src/i.ts': "import './h';" });
  }, 60_000);

  it('let a clean workspace pass', async () => {
    expect(await cruise()).toEqual({ code: 0, output: expect.stringContaining('no dependency violations') });
  }, 60_000);

  it.each(offences)('stop %s', (_offence, path, _text, rule) => {
    expect(found.output).toContain(`error ${rule}: ${path} → `);
    expect(found.code).toBeGreaterThan(0);
  });

  it('stop nothing else', () => expect(found.output).toContain(`${offences.length} dependency violations`));

  it('stop a project without tags', () => {
    const root = workspace({ 'libs/kit/project.json': tagged('kit') });
    expect(() => readProjects(root)).toThrow('the tag type:… is missing or unknown');
    rmSync(root, { recursive: true });
  });
});
