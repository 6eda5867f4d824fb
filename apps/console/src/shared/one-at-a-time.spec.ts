import { oneAtATime } from './one-at-a-time';

describe('work that runs one at a time', () => {
  let begun: number;
  let end: (() => void)[];
  const work = oneAtATime(() => {
    begun += 1;
    return new Promise((done) => end.push(done));
  });

  beforeEach(() => {
    begun = 0;
    end = [];
  });

  it('gives all who ask meanwhile one run that begins afterwards', async () => {
    const first = work();
    const [second, third] = [work(), work()];
    expect(second).toBe(third);
    expect(begun).toBe(1);
    end[0]?.();
    await first;
    await Promise.resolve();
    expect(begun).toBe(2);
    end[1]?.();
    await second;
  });

  it('begins at once when nothing runs', async () => {
    for (const round of [0, 1]) {
      const run = work();
      expect(begun).toBe(round + 1);
      end[round]?.();
      await run;
    }
  });
});
