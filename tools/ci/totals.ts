import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { noTotals, type Totals } from '../test/jest-report';
import type { Stage } from './stages';

/** A stage's totals from its report; one that ended badly, or left no report, has at least one failure. */
export function readStage(root: string, stage: Stage, code: number): Totals {
  try {
    const totals = stage.totals(JSON.parse(readFileSync(join(root, stage.report), 'utf8')));
    return code !== 0 && totals.failed === 0 && totals.skipped === 0 ? { ...totals, failed: 1 } : totals;
  } catch (error) {
    console.error(`${stage.name} left no report that can be read: ${error instanceof Error ? error.message : String(error)}`);
    return { ...noTotals, failed: 1 };
  }
}
