import { cpSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const left = new Set(['node_modules', 'dist', '.git', '.nx', '.data', 'reports', 'test-results', 'docs']);

/** Copies the tree to a temporary folder, where the packages are the tree's own; returns the folder and how to be rid of it. */
export function copyTree(root: string): { copy: string; remove: () => void } {
  const copy = mkdtempSync(join(realpathSync(tmpdir()), 'cordboard-mutants-'));
  for (const entry of readdirSync(root)) {
    if (left.has(entry)) continue;
    cpSync(join(root, entry), join(copy, entry), {
      recursive: true,
      filter: (path) => !left.has(basename(path)) || basename(path) === 'docs',
    });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir');
  return { copy, remove: () => rmSync(copy, { recursive: true, force: true }) };
}
