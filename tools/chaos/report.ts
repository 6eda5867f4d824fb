import { mkdirSync, writeFileSync } from 'node:fs';

/** A line of reports/chaos.json. */
export interface ChaosRow {
  fault: string;
  shape: 'standalone';
  cycles: number;
  messages: number;
  L: number;
  D: number;
  O: number;
  /** The longest of its cycles, from the fault to a new message having gone from a visitor to an agent and back. */
  recovery_s: number;
}

const longestRecoveryS = 30;

export const isPassed = (row: ChaosRow, problems: readonly string[]): boolean =>
  row.L + row.D + row.O === 0 && row.recovery_s <= longestRecoveryS && problems.length === 0;

export const rowLine = (row: ChaosRow, passed: boolean): string =>
  `${passed ? 'pass' : 'FAIL'}  ${row.fault.padEnd(58)} ${String(row.cycles).padStart(3)} cycles ${String(row.messages).padStart(6)} messages  L=${row.L} D=${row.D} O=${row.O}  recovery ≤ ${row.recovery_s.toFixed(1)} s`;

export function writeReport(rows: readonly ChaosRow[]): void {
  mkdirSync('reports', { recursive: true });
  writeFileSync('reports/chaos.json', `${JSON.stringify(rows, null, 2)}\n`);
}
