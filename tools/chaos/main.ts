import { buildCordboard } from '../drive/build-cordboard';
import { CordboardProcess } from '../drive/cordboard-process';
import { Operator } from '../drive/operator';
import { seeded } from '../drive/random';
import { pause } from '../drive/wait';
import { crashWhileChatting, crashWhileOffered } from './faults/agent-crashes';
import type { Fault, Outcome, Scene } from './faults/fault';
import { killed, killedBeforeAnswer, killedBeforePosition, killedBeforeWake, postmasterKilled } from './faults/kills';
import { longTransaction } from './faults/long-transaction';
import { poisonMessage } from './faults/poison';
import { acceptAtExpiry, acceptInTwoTabs, takeAgainstAccept, twoTransfers } from './faults/races';
import { Ledger } from './ledger/ledger';
import { LedgerProcess } from './ledger/ledger-process';
import { Load } from './load/load';
import { type ChaosOptions, readOptions, usage } from './options';
import { type ChaosRow, isPassed, rowLine, writeReport } from './report';

const faults: readonly Fault[] = [
  killed,
  killedBeforeWake,
  killedBeforePosition,
  killedBeforeAnswer,
  postmasterKilled,
  longTransaction,
  crashWhileOffered,
  crashWhileChatting,
  acceptAtExpiry,
  takeAgainstAccept,
  acceptInTwoTabs,
  twoTransfers,
  poisonMessage,
];

const people = { short: { lanes: 18, agents: 5, perSecond: 40 }, full: { lanes: 30, agents: 6, perSecond: 60 } };
const needed = { messages: 10_000, kills: 20 };
const settleMs = 30_000;
const deadlineMs = { short: 240_000, full: 1_800_000 };

/** Times are shortened where waiting them out would test nothing more; everything else is as it is delivered. */
const environment = {
  CORDBOARD_DEMO: 'true',
  CORDBOARD_DEMO_AGENTS: '20',
  CORDBOARD_DEMO_CAPACITY: '20',
  OFFER_TIMEOUT_MS: '4000',
  // A window lost together with its server is noticed when its lease runs out; renewed every 15 s.
  LEASE_MS: '20000',
  GONE_GRACE_MS: '2000',
  AGENT_GRACE_MS: '4000',
  REFUSAL_PAUSE_MS: '1000',
  TRUSTED_PROXIES: '1',
  WEBCHAT_VISITOR_MESSAGES_PER_S: '1000',
  WEBCHAT_VISITOR_BURST: '10000',
  WEBCHAT_NEW_VISITORS_PER_MIN: '1000000',
  WEBCHAT_NEW_VISITORS_BURST: '1000000',
};

async function main(): Promise<void> {
  if (process.argv[2] === 'ledger') return new LedgerProcess(Number(process.argv[3])).listen();
  if (process.argv.includes('--help')) return console.log(usage);
  const options = readOptions(process.argv.slice(2));
  const chosen = faults.filter(({ name }) => !options.only || name.startsWith(options.only));
  if (chosen.length === 0)
    throw new Error(`No fault begins with ${options.only}. Faults:\n${faults.map(({ name }) => `  ${name}`).join('\n')}`);
  setTimeout(
    () => {
      console.error('Chaos took longer than it may and is ended.');
      process.exit(1);
    },
    deadlineMs[options.isShort ? 'short' : 'full'],
  ).unref();
  await buildCordboard();
  console.log(`Seed ${options.seed}.`);
  const cordboard = await CordboardProcess.create('chaos', environment);
  try {
    await cordboard.start();
    process.exitCode = await runAll(cordboard, options, chosen);
  } finally {
    await cordboard.dispose();
  }
}

async function runAll(cordboard: CordboardProcess, options: ChaosOptions, chosen: readonly Fault[]): Promise<number> {
  const ledger = await Ledger.start(__filename, cordboard.port);
  console.log('The ledger reports a planted loss, copy and swap.');
  const random = seeded(options.seed);
  const load = new Load(cordboard.port, ledger, random);
  const { lanes, agents, perSecond } = options.isShort ? people.short : people.full;
  let kills = 0;
  const scene: Scene = { cordboard, operator: new Operator(cordboard), load, random, isShort: options.isShort, killed: () => kills++ };
  const rows: ChaosRow[] = [];
  let passed = 0;
  try {
    await load.gather(lanes, agents);
    console.log(`${lanes} visitors and ${agents} agents write about ${perSecond} messages a second.\n`);
    for (const [index, fault] of chosen.entries()) {
      load.phase = index + 1;
      const { row, problems, notes } = await runFault(scene, fault, perSecond);
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
    writeReport(rows);
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

async function runFault(scene: Scene, fault: Fault, perSecond: number): Promise<{ row: ChaosRow; problems: string[]; notes: string[] }> {
  const { load } = scene;
  load.startWriting(perSecond);
  await pause(scene.isShort ? 500 : 3000);
  const outcome = await fault
    .run(scene)
    .catch((error: Error): Outcome => ({ cycles: 0, recoveryMs: 0, problems: [error.message], notes: [] }));
  if (scene.cordboard.pid === undefined) await scene.cordboard.start();
  if (!(await load.pauseWriting(settleMs))) outcome.problems.push(`Not everything was acknowledged ${settleMs / 1000} s after.`);
  const audit = await load.ledger.audit(load.phase, settleMs);
  const row: ChaosRow = {
    fault: fault.name,
    shape: 'standalone',
    cycles: outcome.cycles,
    messages: audit.messages,
    L: audit.L,
    D: audit.D,
    O: audit.O,
    recovery_s: Math.round(outcome.recoveryMs / 100) / 10,
  };
  return { row, problems: [...outcome.problems, ...audit.notes], notes: outcome.notes };
}

main().then(
  () => process.argv[2] !== 'ledger' && process.exit(process.exitCode),
  (error: unknown) => {
    console.error(error instanceof Error ? error.stack : error);
    console.log('chaos: 0 passed, 1 failed');
    process.exit(1);
  },
);
