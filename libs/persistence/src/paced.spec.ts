import { paced } from './paced';

describe('paced', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  /** Milliseconds until the next group may begin, after one of `items` that took `tookMs`. */
  async function nextAfter(items: number, tookMs: number): Promise<number> {
    const begunAt = performance.now();
    const run = paced(items, () => new Promise((done) => setTimeout(done, tookMs))).then(() => performance.now() - begunAt);
    await jest.advanceTimersByTimeAsync(1000);
    return run;
  }

  it('lets the next gather for as long as the last was large, and no longer than twelve milliseconds', async () => {
    expect(await nextAfter(1, 1)).toBeCloseTo(4);
    expect(await nextAfter(2, 1)).toBeCloseTo(8);
    expect(await nextAfter(100, 1)).toBeCloseTo(12);
  });

  it('does not wait after a group that took longer than that', async () => {
    expect(await nextAfter(1, 5)).toBeCloseTo(5);
    expect(await nextAfter(100, 30)).toBeCloseTo(30);
  });

  it('hands on what the group was refused for', async () => {
    await expect(paced(3, () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
  });
});
