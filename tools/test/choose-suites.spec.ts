import { chooseSuites } from './choose-suites';

describe('choosing suites', () => {
  it.each([
    ['', ['unit', 'ui', 'int', 'e2e', 'e2e-distributed']],
    ['unit', ['unit']],
    ['e2e', ['e2e', 'e2e-distributed']],
    ['e2e --shape distributed', ['e2e-distributed']],
    ['e2e --shape standalone', ['e2e']],
    ['e2e-distributed', ['e2e-distributed']],
    ['--shape=standalone', ['unit', 'ui', 'int', 'e2e']],
  ])('takes “%s” for %j', (line, suites) => expect(chooseSuites(line.split(' ').filter(Boolean))).toEqual(suites));

  it.each([
    ['unti', 'There is no suite called unti'],
    ['e2e --shape round', 'There is no shape round'],
    ['--what', 'Unknown option'],
  ])('says what is wrong with “%s”', (line, words) => expect(chooseSuites(line.split(' '))).toContain(words));
});
