import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

import type { ShapeName } from '../drive/build-cordboard';

const file = 'reports/chaos.json';

/** A line of reports/chaos.json. */
export interface ChaosRow {
  fault: string;
  shape: ShapeName;
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

/** Takes the place of what the last run of this shape has left. */
export function writeReport(shape: ShapeName, rows: readonly ChaosRow[]): void {
  mkdirSync('reports', { recursive: true });
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ChaosRow[]) : [];
  const others = before.filter((row) => row.shape !== shape);
  writeFileSync(file, `${JSON.stringify([...others, ...rows], null, 2)}\n`);
}
