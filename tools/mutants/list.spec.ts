import { readFileSync } from 'node:fs';
import { mutants } from './list';

describe('the list of mutants', () => {
  it.each(mutants.map((mutant) => [mutant.name, mutant] as const))('finds what it takes away of %s, once', (_name, { file, search }) => {
    expect(readFileSync(file, 'utf8').split(search)).toHaveLength(2);
  });
});
