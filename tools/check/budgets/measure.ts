import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A page or script and how many bytes, gzipped, may be fetched before it works. */
export interface Budget {
  title: string;
  /** An HTML page with all it loads at once, or a single script. */
  file: string;
  /** Which fetched files count. */
  counts: RegExp;
  limitBytes: number;
}

/** Bytes, gzipped, of the files a budget counts: what the page names and what that imports without waiting. */
export function gzippedBytes(root: string, budget: Budget): number {
  const start = join(root, budget.file);
  if (!existsSync(start)) throw new Error(`${budget.file} is not there: the build did not make it.`);
  const seen = new Set<string>();
  const visit = (path: string) => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const reference of referencesOf(path)) visit(find(dirname(start), path, reference));
  };
  visit(start);
  return [...seen]
    .filter((path) => budget.counts.test(path))
    .reduce((bytes, path) => bytes + gzipSync(readFileSync(path), { level: 9 }).length, 0);
}

/** What is wrong with a measured budget, if anything. */
export function overBudget(budget: Budget, bytes: number): string | undefined {
  if (bytes <= budget.limitBytes) return undefined;
  return `${budget.title} is ${kilobytes(bytes)} gzipped, ${kilobytes(bytes - budget.limitBytes)} more than its ${kilobytes(budget.limitBytes)}.`;
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

/** Scripts and styles a page names, or modules a script imports statically. */
function referencesOf(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  if (path.endsWith('.html')) {
    const tags = text.match(/<(script|link)\b[^>]*>/g) ?? [];
    return tags
      .filter((tag) => tag.startsWith('<script') || /rel="?(modulepreload|stylesheet)/.test(tag))
      .flatMap((tag) => tag.match(/(?:src|href)="([^"]+)"/)?.[1] ?? []);
  }
  if (!path.endsWith('.js')) return [];
  return [...text.matchAll(/(?:^|[;}\s])(?:import|export)\s*(?:[\w*{][^'"()]*?from\s*)?["'](\.[^"']+)["']/g)].flatMap(
    (match) => match[1] ?? [],
  );
}

/** A reference may begin with the public base of the page, which the folder does not have. */
function find(base: string, from: string, reference: string): string {
  const path = reference.split('?')[0] ?? reference;
  if (path.startsWith('.')) return existing(join(dirname(from), path), reference);
  for (let rest = path.replace(/^\//, ''); rest; rest = rest.includes('/') ? rest.slice(rest.indexOf('/') + 1) : '') {
    if (existsSync(join(base, rest))) return join(base, rest);
  }
  return existing(join(base, path), reference);
}

function existing(path: string, reference: string): string {
  if (!existsSync(path)) throw new Error(`${basename(path)} is not in the build, though ${reference} is asked for.`);
  return path;
}
