import { audit } from './audit';

describe('a timeline against what was acknowledged', () => {
  it.each([
    ['everything once and in order', [0, 1, 2], [0, 1, 2], [0, 0, 0]],
    ['one that nobody acknowledged', [0, 1, 2], [0, 1], [0, 0, 0]],
    ['one missing', [0, 2], [0, 1, 2], [1, 0, 0]],
    ['one twice', [0, 1, 0, 2], [0, 1, 2], [0, 1, 0]],
    ['two changed places', [0, 2, 1, 3], [0, 1, 2, 3], [0, 0, 1]],
  ])('%s', (_what, shown, acknowledged, [lost, duplicated, misordered]) => {
    expect(audit(shown, acknowledged)).toEqual({ lost, duplicated, misordered });
  });
});
