import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A committed file that follows from the code. */
export interface GeneratedFile {
  path: string;
  make: (root: string) => Promise<string>;
}

/** A generated file that is not what the code says; without `wanted` it could not be made at all. */
export interface Drift {
  path: string;
  message: string;
  wanted?: string;
}

/** Makes every generated file anew and tells which of the committed ones differ, and where first. */
export async function driftOf(root: string, files: readonly GeneratedFile[]): Promise<Drift[]> {
  const drifts: Drift[] = [];
  for (const { path, make } of files) {
    try {
      const wanted = await make(root);
      const message = difference(root, path, wanted);
      if (message) drifts.push({ path, message, wanted });
    } catch (error) {
      drifts.push({ path, message: `${path} cannot be made: ${error instanceof Error ? error.message : String(error)}` });
    }
  }
  return drifts;
}

function difference(root: string, path: string, wanted: string): string | undefined {
  const mend = 'run `npm run generate` and commit the result';
  if (!existsSync(join(root, path))) return `${path} is missing: ${mend}.`;
  const present = readFileSync(join(root, path), 'utf8');
  if (present === wanted) return undefined;
  const lines = { present: present.split('\n'), wanted: wanted.split('\n') };
  const line = lines.wanted.findIndex((text, index) => text !== lines.present[index]);
  const at = line === -1 ? lines.wanted.length : line;
  const shown = (text: string | undefined) => (text === undefined ? 'nothing' : JSON.stringify(text));
  return `${path} is out of date: ${mend}.\n  line ${at + 1}: there is ${shown(lines.present[at])}, the code says ${shown(lines.wanted[at])}`;
}
