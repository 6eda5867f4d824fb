import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder } from '../../lib/files';
import { loadModules } from '../../lib/load-modules';
import { exceptionOffences, operatorTables } from './rls-exceptions';

/** The tables above tenants of each part: what its migrations make with `operatorTable`, and what its list excuses. */
export async function checkRlsExceptions(root: string): Promise<string[]> {
  const lists = filesUnder(root, ['apps', 'libs'], /\/src\/rls-exceptions\.ts$/);
  const modules = await loadModules(root, 'rls-exceptions', lists);
  const parts = new Map(lists.map((path, index) => [partOf(path), modules[index]?.rlsExceptions]));
  const tables = new Map<string, string[]>();
  for (const path of filesUnder(root, ['apps', 'libs'], /\/src\/.*(?<!spec)\.ts$/)) {
    const found = operatorTables(readFileSync(join(root, path), 'utf8'));
    if (found.length > 0) tables.set(partOf(path), [...(tables.get(partOf(path)) ?? []), ...found]);
  }
  return [...new Set([...parts.keys(), ...tables.keys()])].flatMap((part) =>
    exceptionOffences(part, parts.get(part), tables.get(part) ?? []),
  );
}

const partOf = (path: string) => path.split('/').slice(0, 2).join('/');
