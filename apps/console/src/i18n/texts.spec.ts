import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import en from './en.json';
import ru from './ru.json';
import same from './same-in-both.json';

const flat = (texts: object, under = ''): Record<string, string> =>
  Object.fromEntries(
    Object.entries(texts).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'string' ? [[under + key, value]] : Object.entries(flat(value as object, `${under}${key}.`)),
    ),
  );
const plural = /_(one|few|many|other)$/;
const [english, russian] = [flat(en), flat(ru)];
const bare = (texts: Record<string, string>) => [...new Set(Object.keys(texts).map((key) => key.replace(plural, '')))].sort();
const parameters = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

const source = path.resolve(__dirname, '..');
const used = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.includes('.spec.'))
  .flatMap((file) => [...readFileSync(path.join(source, file), 'utf8').matchAll(/\bt\(\s*'([\w.-]+)'/g)].map((match) => match[1] ?? ''));

describe('the texts', () => {
  it('exist in both languages', () => {
    expect(bare(russian)).toEqual(bare(english));
  });

  it('take the same parameters in both languages', () => {
    for (const [key, text] of Object.entries(english)) {
      const other = russian[key] ?? russian[key.replace(plural, '_many')] ?? '';
      expect([key, parameters(other)]).toEqual([key, parameters(text)]);
    }
  });

  it('are translated, those listed as the same aside', () => {
    const untranslated = Object.keys(english).filter((key) => russian[key] === english[key]);
    expect(untranslated.sort()).toEqual([...(same as string[])].sort());
  });

  it('have every key the code asks for', () => {
    const known = new Set(bare(english));
    expect(used.filter((key) => !known.has(key))).toEqual([]);
  });
});
