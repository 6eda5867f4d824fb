import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sum } from '../test/jest-report';
import { type Stage, stages } from './stages';
import { readStage } from './totals';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'totals-'));
  jest.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(root, { recursive: true });
});

function stage(name: string): Stage {
  const found = stages.find((each) => each.name === name);
  if (!found) throw new Error(`no stage ${name}`);
  return found;
}

function read(name: string, report: unknown, code = 0) {
  const path = join(root, stage(name).report);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(report));
  return readStage(root, stage(name), code);
}

describe('totals of a run', () => {
  it('come from the reports', () => {
    expect(read('test', { passed: 9, failed: 1, skipped: 2, suites: [] }, 1)).toEqual({ passed: 9, failed: 1, skipped: 2 });
    expect(
      read('chaos standalone', [
        { fault: 1, shape: 'standalone', L: 0, D: 0, O: 0 },
        { fault: 3, shape: 'standalone', L: 1, D: 0, O: 0 },
        { fault: 3, shape: 'distributed', L: 0, D: 1, O: 0 },
      ]),
    ).toEqual({ passed: 1, failed: 1, skipped: 0 });
    expect(read('chaos distributed', [{ fault: 1, shape: 'distributed', L: 0, D: 0, O: 0 }])).toEqual({ passed: 1, failed: 0, skipped: 0 });
    expect(read('mutants', [{ verdict: 'killed' }, { verdict: 'survived' }])).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it('count a stage that ended badly though its report is clean', () => {
    expect(read('check', { passed: 9, failed: 0, skipped: 0 }, 1)).toEqual({ passed: 9, failed: 1, skipped: 0 });
  });

  it.each(['check', 'test', 'chaos distributed', 'mutants'])('count %s without a report as failed', (name) => {
    expect(readStage(root, stage(name), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it.each([
    ['chaos standalone', []],
    ['chaos distributed', [{ fault: 1, shape: 'standalone', L: 0, D: 0, O: 0 }]],
    ['mutants', []],
    ['test', {}],
  ])('count an empty report of %s as failed', (name, report) => expect(read(name, report)).toEqual({ passed: 0, failed: 1, skipped: 0 }));

  it('are summed', () => {
    expect(
      sum([
        { passed: 1, failed: 2, skipped: 0 },
        { passed: 3, failed: 0, skipped: 1 },
      ]),
    ).toEqual({ passed: 4, failed: 2, skipped: 1 });
  });
});
