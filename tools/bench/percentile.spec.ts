import { percentile, spread } from './percentile';

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);

  it('takes the nearest rank', () => {
    expect(percentile(hundred, 0.5)).toBe(50);
    expect(percentile(hundred, 0.99)).toBe(99);
    expect(percentile(hundred, 1)).toBe(100);
    expect(percentile([7], 0.99)).toBe(7);
  });

  it('is 0 of nothing', () => {
    expect(percentile([], 0.99)).toBe(0);
  });

  it('shows one slow message of a hundred in the maximum, two in p99', () => {
    const quick = Array.from({ length: 99 }, () => 5);
    expect(spread([...quick, 900])).toEqual({ count: 100, p50: 5, p99: 5, max: 900 });
    expect(spread([...quick.slice(1), 900, 900]).p99).toBe(900);
  });

  it('leaves the values in their order', () => {
    const values = [3, 1, 2];
    spread(values);
    expect(values).toEqual([3, 1, 2]);
  });
});
