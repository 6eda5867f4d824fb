import { z } from 'zod';
import type { Totals } from '../test/jest-report';

/** A part of the run with the report it leaves. */
export interface Stage {
  name: string;
  script: string;
  args: readonly string[];
  environment?: Record<string, string>;
  report: string;
  /** What the report says. Throws when it is not such a report. */
  totals: (report: unknown) => Totals;
}

const totalsSchema = z.object({ passed: z.int(), failed: z.int(), skipped: z.int() });
const chaosSchema = z.array(z.object({ fault: z.unknown(), shape: z.string(), L: z.int(), D: z.int(), O: z.int() })).min(1);
const benchSchema = z.array(z.object({ lost: z.int(), duplicated: z.int(), misordered: z.int() })).min(1);
const mutantsSchema = z.array(z.object({ verdict: z.string() })).min(1);

function count(good: readonly boolean[]): Totals {
  return { passed: good.filter(Boolean).length, failed: good.filter((each) => !each).length, skipped: 0 };
}

/** Both shapes write into one report. */
const chaos = (shape: string): Stage => ({
  name: `chaos ${shape}`,
  script: 'tools/chaos/chaos.mjs',
  args: ['--short', `--shape=${shape}`],
  report: 'reports/chaos.json',
  totals: (report) => {
    const rows = chaosSchema.parse(report).filter((row) => row.shape === shape);
    if (rows.length === 0) throw new Error(`The report has no row of the shape ${shape}.`);
    return count(rows.map(({ L, D, O }) => L === 0 && D === 0 && O === 0));
  },
});

/** In the order they run. A stage whose script is not there is left out. */
export const stages: readonly Stage[] = [
  {
    name: 'check',
    script: 'tools/check/check.mjs',
    args: [],
    report: 'reports/check.json',
    totals: (report) => totalsSchema.parse(report),
  },
  {
    name: 'test',
    script: 'tools/test/test.mjs',
    args: [],
    environment: { CORDBOARD_FORBID_SKIPS: '1' },
    report: 'reports/test.json',
    totals: (report) => totalsSchema.parse(report),
  },
  chaos('standalone'),
  chaos('distributed'),
  {
    name: 'rolling',
    script: 'tools/bench/bench.mjs',
    args: '--shape distributed --scenarios rolling --minutes 1 --visitors 60 --agents 6 --floor-seconds 2'.split(' '),
    report: 'reports/bench.json',
    totals: (report) => count(benchSchema.parse(report).map((row) => row.lost + row.duplicated + row.misordered === 0)),
  },
  {
    name: 'mutants',
    script: 'tools/mutants/mutants.mjs',
    args: [],
    report: 'reports/mutants.json',
    totals: (report) => count(mutantsSchema.parse(report).map(({ verdict }) => verdict === 'killed')),
  },
];
