import type { ShapeName } from '../drive/build-cordboard';
import type { BenchRow } from './report';

/** What a figure is held against. */
export interface Bar {
  what: string;
  measured: number;
  limit: number;
  unit: string;
  /** To miss it fails the run, on whatever machine. */
  isStrict?: true;
}

/** A latency's bar is the figure, or ten times the floor of the same run when that is more. */
export const latencyLimit = (figure: number, floor: number): number => Math.max(figure, 10 * floor);

export const isMet = (bar: Bar): boolean => bar.measured <= bar.limit;

/** The bars that rows of the report are held against. */
export function barsOf(rows: readonly BenchRow[]): Bar[] {
  return rows.flatMap((row) => {
    const p50 = (figure: number): Bar => ({
      what: `${row.scenario} ${row.rate} p50`,
      measured: row.p50_ms,
      limit: latencyLimit(figure, row.floor_p50_ms),
      unit: 'ms',
    });
    const p99 = (figure: number): Bar => ({
      what: `${row.scenario} ${row.rate} p99`,
      measured: row.p99_ms,
      limit: latencyLimit(figure, row.floor_p99_ms),
      unit: 'ms',
    });
    const rss: Bar = { what: `${row.scenario} ${row.rate} Node’s RSS`, measured: row.node_rss_mb, limit: 400, unit: 'MB' };
    if (row.scenario === 'assign offer') return [p99(300)];
    if (!row.scenario.startsWith('chat ')) return [];
    if (row.shape === 'distributed') return row.rate === 100 ? [p50(80), p99(300)] : [];
    if (row.rate === 200) return [p50(10), p99(50)];
    return row.rate === 1000 ? [p99(100), rss] : [];
  });
}

/** What p99 may be at a rate that counts as sustained, in ms. */
export const sustainedP99Ms: Record<ShapeName, number> = { standalone: 100, distributed: 300 };

/** The highest rate whose both directions stayed within that without a fault; undefined when none did. */
export function highestSustained(rows: readonly BenchRow[]): number | undefined {
  const rates = [...new Set(rows.filter((row) => row.scenario.startsWith('chat ')).map((row) => row.rate))].sort((a, b) => b - a);
  return rates.find((rate) =>
    rows
      .filter((row) => row.scenario.startsWith('chat ') && row.rate === rate)
      .every((row) => row.p99_ms <= sustainedP99Ms[row.shape] && row.lost + row.duplicated + row.misordered === 0),
  );
}

export function barLine(bar: Bar): string {
  return `${isMet(bar) ? 'pass' : 'FAIL'}  ${bar.what}: ${bar.measured} ${bar.unit}, at most ${Math.round(bar.limit * 10) / 10}`;
}
