import { duration, table } from './table';

describe('a table', () => {
  it('puts numbers to the right', () => {
    expect(
      table(
        ['group', 'behind', 'oldest'],
        [
          ['inbox', 3, '2.5 h'],
          ['webchat-sites', '?', '–'],
        ],
      ),
    ).toBe(['group          behind  oldest', 'inbox               3   2.5 h', 'webchat-sites       ?       –'].join('\n'));
  });
});

describe('a duration', () => {
  it.each([
    [0, '–'],
    [Number.NaN, '?'],
    [820, '820 ms'],
    [1500, '1.5 s'],
    [59_000, '59 s'],
    [9_000_000, '2.5 h'],
    [1_209_600_000, '14 d'],
  ])('of %d ms is %s', (ms, text) => expect(duration(ms)).toBe(text));
});
