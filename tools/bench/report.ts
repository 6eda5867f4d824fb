import { mkdirSync, writeFileSync } from 'node:fs';
import type { ShapeName } from '../drive/build-cordboard';
import type { Calibration } from './floor/floor';
import type { FlowCount } from './flow';
import type { Reading } from './meter';
import type { Spread } from './percentile';

/** A line of reports/bench.json. */
export interface BenchRow {
  shape: ShapeName;
  scenario: string;
  rate: number;
  p50_ms: number;
  p99_ms: number;
  floor_p50_ms: number;
  floor_p99_ms: number;
  lost: number;
  duplicated: number;
  misordered: number;
  node_rss_mb: number;
  pg_rss_mb: number;
  kafka_rss_mb: number;
}

const round = (value: number) => Math.round(value * 10) / 10;

export function benchRow(
  shape: ShapeName,
  scenario: string,
  rate: number,
  measured: Spread,
  floor: Spread,
  count: Pick<FlowCount, 'lost' | 'duplicated' | 'misordered'>,
  reading: Reading,
): BenchRow {
  return {
    shape,
    scenario,
    rate: round(rate),
    p50_ms: round(measured.p50),
    p99_ms: round(measured.p99),
    floor_p50_ms: round(floor.p50),
    floor_p99_ms: round(floor.p99),
    lost: count.lost,
    duplicated: count.duplicated,
    misordered: count.misordered,
    node_rss_mb: Math.round(reading.nodeRssMb),
    pg_rss_mb: Math.round(reading.pgRssMb),
    kafka_rss_mb: Math.round(reading.kafkaRssMb),
  };
}

/** One line on the state of the machine during a step, without which a red figure means nothing. */
export function machineLine(calibration: Calibration, reading: Reading): string {
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  return `    commit ${calibration.p50.toFixed(2)} / ${calibration.p99.toFixed(2)} ms · steal ${(reading.steal * 100).toFixed(1)} % · idle ${percent(reading.idle)} · of one core: Node ${percent(reading.nodeCpu)}, PostgreSQL ${percent(reading.pgCpu)}, Kafka ${percent(reading.kafkaCpu)}, driver ${percent(reading.driverCpu)} · heap ≤ ${Math.round(reading.heapMb)} MB`;
}

/** Every process with its memory and share of a core, where there are several. */
export function processLines({ processes, nodeRssMb, pgRssMb, kafkaRssMb }: Reading): string[] {
  if (processes.length < 2) return [];
  const each = processes.map(({ name, rssMb, cpu }) => `${name} ${Math.round(rssMb)} MB ${Math.round(cpu * 100)} %`);
  const all = Math.round(nodeRssMb + pgRssMb + kafkaRssMb);
  return [`    ${each.join(' · ')}`, `    all processes, PostgreSQL and Kafka among them: ${all} MB`];
}

export const tableHead = `${'scenario'.padEnd(18)}${'rate'.padStart(7)}${'p50 ms'.padStart(9)}${'p99 ms'.padStart(9)}${'floor p50'.padStart(11)}${'floor p99'.padStart(11)}${'lost'.padStart(6)}${'dup'.padStart(5)}${'mis'.padStart(5)}${'node MB'.padStart(9)}${'pg MB'.padStart(7)}`;

export function tableLine(row: BenchRow): string {
  const cells: [string | number, number][] = [
    [row.rate, 7],
    [row.p50_ms, 9],
    [row.p99_ms, 9],
    [row.floor_p50_ms, 11],
    [row.floor_p99_ms, 11],
    [row.lost, 6],
    [row.duplicated, 5],
    [row.misordered, 5],
    [row.node_rss_mb, 9],
    [row.pg_rss_mb, 7],
  ];
  return row.scenario.padEnd(18) + cells.map(([value, width]) => String(value).padStart(width)).join('');
}

export function writeReport(rows: readonly BenchRow[], file = 'reports/bench.json'): void {
  mkdirSync('reports', { recursive: true });
  writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`);
}
