import { Operator } from '../drive/operator';
import { seeded } from '../drive/random';
import { pause } from '../drive/wait';
import type { Fault, Outcome, Scene } from './faults/fault';
import { Ledger } from './ledger/ledger';
import { LedgerProcess } from './ledger/ledger-process';
import { Load } from './load/load';
import { type ChaosOptions, readOptions, usage } from './options';
import { type ChaosRow, isPassed, rowLine, writeReport } from './report';
import { distributed } from './shapes/distributed';
import type { House } from './shapes/house';
import type { Shape } from './shapes/shape';
import { standalone } from './shapes/standalone';

const needed = { messages: 10_000, kills: 20 };
const settleMs = 30_000;
const deadlineMs = { short: 300_000, full: 1_800_000 };

async function main(): Promise<void> {
  if (process.argv[2] === 'ledger') return new LedgerProcess(Number(process.argv[3])).listen();
  if (process.argv.includes('--help')) return console.log(usage);
  const options = readOptions(process.argv.slice(2));
  setTimeout(
    () => {
      console.error('Chaos took longer than it may and is ended.');
      process.exit(1);
    },
    deadlineMs[options.isShort ? 'short' : 'full'],
  ).unref();
  console.log(`Seed ${options.seed}.`);
  process.exitCode = options.shape === 'standalone' ? await runShape(standalone, options) : await runShape(distributed, options);
}

async function runShape<Home extends House>(shape: Shape<Home>, options: ChaosOptions): Promise<number> {
  const { only, isShort } = options;
  const faults = shape.faults[isShort ? 'short' : 'full'];
  const chosen = faults.filter(({ name }) => !only || only.some((start) => name.startsWith(start)));
  if (chosen.length === 0)
    throw new Error(`No fault begins with ${only?.join(' or ')}. Faults:\n${faults.map(({ name }) => `  ${name}`).join('\n')}`);
  const { house, lastAgentsPort, close } = await shape.open(isShort);
  try {
    return await runAll(shape, house, options, chosen, lastAgentsPort);
  } finally {
    await close();
  }
}

async function runAll<Home extends House>(
  shape: Shape<Home>,
  house: Home,
  options: ChaosOptions,
  chosen: readonly Fault<Home>[],
  lastAgentsPort?: number,
): Promise<number> {
  const { cordboard } = house;
  const ledger = await Ledger.start(__filename, cordboard.port);
  console.log('The ledger reports a planted loss, copy and swap.');
  const random = seeded(options.seed);
  const load = new Load(cordboard.port, ledger, random);
  const { lanes, agents, perSecond } = shape.people[options.isShort ? 'short' : 'full'];
  let kills = 0;
  const killed = (count = 1) => {
    kills += count;
  };
  const scene: Scene<Home> = { ...house, operator: new Operator(cordboard), load, random, isShort: options.isShort, killed };
  const rows: ChaosRow[] = [];
  let passed = 0;
  try {
    await load.gather(lanes, agents, lastAgentsPort);
    console.log(`${lanes} visitors and ${agents} agents write about ${perSecond} messages a second.\n`);
    for (const [index, fault] of chosen.entries()) {
      load.phase = index + 1;
      const { problems, notes, ...figures } = await runFault(scene, fault, perSecond);
      const row: ChaosRow = { fault: fault.name, shape: shape.name, ...figures };
      rows.push(row);
      const isGood = isPassed(row, problems);
      if (isGood) passed++;
      console.log(rowLine(row, isGood));
      for (const note of new Set(notes)) console.log(`        ${note}`);
      for (const problem of problems) console.log(`      ! ${problem}`);
      if (cordboard.pid === undefined) throw new Error('Cordboard does not run any more.');
    }
  } catch (error) {
    console.error(`${(error as Error).stack}\nCordboard’s last words:\n${cordboard.lastOutput.slice(-4000)}`);
  } finally {
    load.stop();
    ledger.stop();
    writeReport(shape.name, rows);
  }
  const messages = rows.reduce((sum, row) => sum + row.messages, 0);
  let failed = chosen.length - passed;
  if (!options.isShort && !options.only && (messages < needed.messages || kills < needed.kills)) {
    console.log(`      ! A full run needs ${needed.messages} messages and ${needed.kills} kills.`);
    failed++;
  }
  console.log(`\n${messages} messages, ${kills} kills. Figures: reports/chaos.json`);
  console.log(`chaos: ${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

type Figures = Omit<ChaosRow, 'fault' | 'shape'> & Pick<Outcome, 'problems' | 'notes'>;

async function runFault<Home extends House>(scene: Scene<Home>, fault: Fault<Home>, perSecond: number): Promise<Figures> {
  const { load, cordboard } = scene;
  await load.attend();
  load.startWriting(perSecond);
  await pause(scene.isShort ? 500 : 3000);
  const outcome = await fault
    .run(scene)
    .catch((error: Error): Outcome => ({ cycles: 0, recoveryMs: 0, problems: [error.message], notes: [] }));
  if (cordboard.pid === undefined) await cordboard.start();
  if (!(await load.pauseWriting(settleMs))) outcome.problems.push(`Not everything was acknowledged ${settleMs / 1000} s after.`);
  const { messages, L, D, O, notes } = await load.ledger.audit(load.phase, settleMs);
  const { cycles, recoveryMs, problems } = outcome;
  return {
    ...{ cycles, messages, L, D, O, recovery_s: Math.round(recoveryMs / 100) / 10 },
    ...{ problems: [...problems, ...notes], notes: outcome.notes },
  };
}

main().then(
  () => process.argv[2] !== 'ledger' && process.exit(process.exitCode),
  (error: unknown) => {
    console.error(error instanceof Error ? error.stack : error);
    console.log('chaos: 0 passed, 1 failed');
    process.exit(1);
  },
);
