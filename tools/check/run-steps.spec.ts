import { runSteps } from './run-steps';
import { commandStep, type Step } from './step';

const passing: Step = { name: 'fine', title: 'nothing wrong', run: async () => '' };
const offending: Step = { name: 'wrong', title: 'something wrong', run: async () => 'a.ts: an offence' };
const throwing: Step = { name: 'broken', title: 'a step that throws', run: async () => Promise.reject(new Error('no such file')) };

async function run(...steps: Step[]) {
  const lines: string[] = [];
  const failed = await runSteps(steps, '.', 2, (line) => lines.push(line));
  return { failed, text: lines.join('\n') };
}

describe('the run of all checks', () => {
  it('passes when no step has an offence', async () => {
    const { failed, text } = await run(passing, passing);
    expect(failed).toEqual([]);
    expect(text).toMatch(/2 checks passed, 0 failed in/);
  });

  it('shows the offence of one step and still runs the others', async () => {
    const { failed, text } = await run(offending, passing);
    expect(failed).toEqual(['wrong']);
    expect(text).toContain('    a.ts: an offence');
    expect(text).toContain('✓ fine');
    expect(text).toContain('npm run check -- wrong');
  });

  it('counts a step that throws as failed', async () => {
    const { failed, text } = await run(throwing);
    expect(failed).toEqual(['broken']);
    expect(text).toContain('no such file');
  });

  it('counts a program that ends badly, or is not there, as an offence', async () => {
    const ending = commandStep('ending', 'ends with 3', process.execPath, ['-e', 'console.error("three"); process.exit(3)'], 'Mend it so.');
    const missing = commandStep('missing', 'not there', './no-such-program', []);
    const { failed, text } = await run(ending, missing);
    expect(failed).toEqual(['ending', 'missing']);
    expect(text).toContain('three\n    Mend it so.');
    expect(text).toContain('ENOENT');
  });
});
