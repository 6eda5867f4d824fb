import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crashedSuite, type SuiteReport } from '../test/jest-report';
import { copyTree } from './copy-tree';
import type { Mutant } from './mutant';
import { tryMutants } from './try-mutants';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tree-'));
  mkdirSync(join(root, 'libs'));
  mkdirSync(join(root, 'node_modules'));
  writeFileSync(join(root, 'libs/door.ts'), 'lock(); open();');
});
afterEach(() => rmSync(root, { recursive: true }));

const noLock: Mutant = {
  name: 'lock',
  loses: 'Anybody walks in.',
  file: 'libs/door.ts',
  search: 'lock(); ',
  replacement: '',
  test: { suite: 'unit', file: 'libs/door.spec.ts', name: 'keeps strangers out' },
};
const report = (passed: number, message?: string): SuiteReport => ({
  suite: 'unit',
  passed,
  failed: message ? 1 : 0,
  skipped: 0,
  failures: message ? [{ file: 'libs/door.spec.ts', test: 'keeps strangers out', message }] : [],
});

/** A test that is red when the door does not have this text. */
const wants = (text: string) => async (tree: string) =>
  readFileSync(join(tree, 'libs/door.ts'), 'utf8').includes(text) ? report(1) : report(0, `no ${text}`);

async function verdictOf(mutant: Mutant, run: (tree: string) => Promise<SuiteReport>) {
  const { copy, remove } = copyTree(root);
  const [outcome] = await tryMutants(copy, [mutant], run, () => undefined);
  expect(readFileSync(join(copy, 'libs/door.ts'), 'utf8')).toBe('lock(); open();');
  remove();
  expect(existsSync(copy)).toBe(false);
  return outcome?.verdict;
}

describe('mutants', () => {
  it('are killed by a test that misses what was taken away', async () => expect(await verdictOf(noLock, wants('lock()'))).toBe('killed'));
  it('survive a test that does not look', async () => expect(await verdictOf(noLock, wants('open()'))).toBe('survived'));

  it('prove nothing by a test that is red without them', async () => {
    expect(await verdictOf(noLock, wants('alarm()'))).toBe('test not green before');
  });

  it('prove nothing by a test that is not there', async () =>
    expect(await verdictOf(noLock, async () => report(0))).toBe('test not green before'));

  it('prove nothing when the file no longer loads', async () => {
    const run = async (tree: string) => ((await wants('lock()')(tree)).failed ? crashedSuite('unit', 'cannot parse') : report(1));
    expect(await verdictOf(noLock, run)).toBe('broke the file');
  });

  it.each(['key()', ''])('are refused when %j is not once in the file', async (search) => {
    expect(await verdictOf({ ...noLock, search }, wants('lock()'))).toBe('text not found once');
  });

  it('never touch the working tree', async () => {
    const run = async (tree: string) => {
      expect(readFileSync(join(root, 'libs/door.ts'), 'utf8')).toBe('lock(); open();');
      return wants('lock()')(tree);
    };
    expect(await verdictOf(noLock, run)).toBe('killed');
  });
});
