import { seeded } from '../drive/random';
import { play, poissonTimes } from './schedule';

describe('poissonTimes', () => {
  it('has the rate asked for, in order, inside the time', () => {
    const times = poissonTimes(seeded(1), 500, 60);
    expect(times.length).toBeGreaterThan(29_000);
    expect(times.length).toBeLessThan(31_000);
    expect([...times]).toEqual([...times].sort((a, b) => a - b));
    expect(times.at(-1)).toBeLessThan(60_000);
  });

  it('has gaps as a Poisson stream has: their spread equals their mean', () => {
    const times = poissonTimes(seeded(2), 100, 200);
    const gaps = [...times].slice(1).map((at, index) => at - (times[index] ?? 0));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
    expect(mean).toBeCloseTo(10, 0);
    expect(deviation / mean).toBeGreaterThan(0.95);
    expect(deviation / mean).toBeLessThan(1.05);
  });

  it('repeats itself for the same seed only', () => {
    expect(poissonTimes(seeded(3), 50, 2)).toEqual(poissonTimes(seeded(3), 50, 2));
    expect(poissonTimes(seeded(3), 50, 2)).not.toEqual(poissonTimes(seeded(4), 50, 2));
  });
});

describe('play', () => {
  it('fires everything in order with its scheduled time, also what is overdue', async () => {
    const startedAt = performance.now() - 20;
    const fired: [number, number][] = [];
    await play(Float64Array.from([5, 10, 30]), startedAt, (at, index) => fired.push([at - startedAt, index]));
    expect(fired.map(([at, index]) => [Math.round(at), index])).toEqual([
      [5, 0],
      [10, 1],
      [30, 2],
    ]);
  });
});
