import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { filesUnder } from '../../lib/files';
import { loadModules } from '../../lib/load-modules';
import { compareTexts, type SameInBoth, type Texts } from './compare-texts';

/** The languages each page speaks beside English. */
const languages: Record<string, readonly string[]> = { console: ['ru'], widget: ['ru', 'zh'] };

/** Keys for every language, or by language. */
const sameInBothSchema = z.union([z.array(z.string()), z.record(z.string(), z.array(z.string()))]);

/** Compares every folder of texts (`en.ts` or `en.json` and its sisters) of the pages; a page without texts is an offence. */
export async function checkTexts(root: string): Promise<string[]> {
  const offences: string[] = [];
  for (const [app, wanted] of Object.entries(languages)) {
    const english = filesUnder(root, [`apps/${app}/src`], /\/en\.(ts|json)$/);
    if (english.length === 0) offences.push(`apps/${app} has no texts: there is no en.ts or en.json in it.`);
    for (const file of english) offences.push(...(await compareFolder(root, file, wanted)));
  }
  return offences;
}

async function compareFolder(root: string, english: string, wanted: readonly string[]): Promise<string[]> {
  const folder = dirname(english);
  const files = wanted.map((language) => english.replace(/en\.(ts|json)$/, `${language}.$1`));
  const missing = files.filter((file) => !existsSync(join(root, file)));
  if (missing.length > 0) return missing.map((file) => `${file} is missing`);
  const [original, ...translated] = (await loadModules(root, 'texts', [english, ...files])).map(textsOf);
  const same = sameInBoth(root, folder, wanted);
  return wanted
    .flatMap((language, index) => compareTexts(language, original ?? {}, translated[index] ?? {}, same[language]))
    .map((offence) => `${folder}: ${offence}`);
}

/** What a file of texts exports: its default, or its only object. */
function textsOf(module: Record<string, unknown>): Texts {
  const texts = module.default ?? Object.values(module).find((value) => typeof value === 'object');
  return (texts ?? {}) as Texts;
}

function sameInBoth(root: string, folder: string, wanted: readonly string[]): SameInBoth {
  const path = join(root, folder, 'same-in-both.json');
  if (!existsSync(path)) return {};
  const listed = sameInBothSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  return Array.isArray(listed) ? Object.fromEntries(wanted.map((language) => [language, listed])) : listed;
}
