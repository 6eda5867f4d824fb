import { barsOf, highestSustained, isMet } from './bars';
import type { BenchRow } from './report';

const row = (change: Partial<BenchRow>): BenchRow => ({
  shape: 'standalone',
  scenario: 'chat in',
  rate: 200,
  p50_ms: 5,
  p99_ms: 40,
  floor_p50_ms: 1,
  floor_p99_ms: 4,
  lost: 0,
  duplicated: 0,
  misordered: 0,
  node_rss_mb: 200,
  pg_rss_mb: 100,
  kafka_rss_mb: 0,
  ...change,
});

describe('barsOf', () => {
  it('holds 200 messages a second to p50 and p99, 1,000 to p99 and memory', () => {
    expect(barsOf([row({})]).map((bar) => bar.limit)).toEqual([10, 50]);
    expect(barsOf([row({ rate: 1000 })]).map((bar) => bar.limit)).toEqual([100, 400]);
    expect(barsOf([row({ rate: 500 })])).toEqual([]);
    expect(barsOf([row({ scenario: 'assign offer', rate: 8.3 })]).map((bar) => bar.limit)).toEqual([300]);
  });

  it('holds services that run apart to p50 and p99 at 100 messages a second', () => {
    const at = (rate: number) => barsOf([row({ shape: 'distributed', rate })]).map((bar) => bar.limit);
    expect([at(100), at(200), at(1000)]).toEqual([[80, 300], [], []]);
  });

  it('lets the floor of the same run raise a latency’s bar and nothing else', () => {
    expect(barsOf([row({ floor_p50_ms: 3, floor_p99_ms: 8 })]).map((bar) => bar.limit)).toEqual([30, 80]);
    expect(barsOf([row({ rate: 1000, floor_p99_ms: 30 })]).map((bar) => bar.limit)).toEqual([300, 400]);
  });

  it('tells met from missed', () => {
    expect(barsOf([row({ p99_ms: 51 })]).map(isMet)).toEqual([true, false]);
  });
});

describe('highestSustained', () => {
  it('wants both directions within 100 ms and without a fault', () => {
    const at = (rate: number, change: Partial<BenchRow> = {}) => [row({ rate }), row({ rate, scenario: 'chat back', ...change })];
    expect(highestSustained([...at(200), ...at(500)])).toBe(500);
    expect(highestSustained([...at(200), ...at(500, { p99_ms: 101 })])).toBe(200);
    expect(highestSustained([...at(200), ...at(500, { lost: 1 })])).toBe(200);
    expect(highestSustained([...at(200, { p99_ms: 300 })])).toBeUndefined();
    const apart = [row({ shape: 'distributed', p99_ms: 300 }), row({ shape: 'distributed', rate: 400, p99_ms: 301 })];
    expect(highestSustained(apart)).toBe(200);
  });
});
