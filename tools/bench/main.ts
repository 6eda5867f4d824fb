import { buildCordboard } from '../drive/build-cordboard';
import type { CordboardProcess } from '../drive/cordboard-process';
import { DistributedProcess } from '../drive/distributed-process';
import { Operator } from '../drive/operator';
import { newPlace } from '../drive/place';
import { seeded } from '../drive/random';
import { StandaloneProcess } from '../drive/standalone-process';
import { Assign, assignCapacity } from './assign';
import { type Bar, barLine, barsOf, highestSustained, isMet, sustainedP99Ms } from './bars';
import { chatStep, type Stage } from './chat';
import { Crew } from './crew';
import { Floor } from './floor/floor';
import { runFloorServer } from './floor/floor-server';
import { type BenchOptions, readOptions, type ScenarioName, usage } from './options';
import { overload } from './overload';
import { type BenchRow, tableHead, writeReport } from './report';
import { restart } from './restart';
import { rolling, rollingReplicas } from './rolling';
import { describeSettings, offences, readSettings } from './settings';
import { countStatements } from './statements';

/** Limits that keep one visitor from writing like two hundred are lifted for the driver, which is two hundred on one address. */
const limitsForLoad = {
  TRUSTED_PROXIES: '1',
  WEBCHAT_VISITOR_MESSAGES_PER_S: '1000',
  WEBCHAT_VISITOR_BURST: '10000',
  WEBCHAT_NEW_VISITORS_PER_MIN: '1000000',
  WEBCHAT_NEW_VISITORS_BURST: '1000000',
};

/**
 * A driver in a process of its own starts Cordboard on a fresh data folder and measures it from outside, through the
 * protocols of the widget and of the agents' window, beside the floor on the same PostgreSQL.
 */
async function main(): Promise<void> {
  if (process.argv[2] === 'floor') return runFloorServer(process.env.FLOOR_DATABASE_URL ?? '');
  if (process.argv.includes('--help')) return console.log(usage);
  const options = readOptions(process.argv.slice(2));
  await buildCordboard(options.shape);
  console.log(`Seed ${options.seed}. Steps of ${options.seconds} s after ${options.warmupSeconds} s; the driver shares this machine.\n`);
  const rows: BenchRow[] = [];
  const bars: Bar[] = [];
  if (options.scenarios.includes('chat') || options.scenarios.includes('overload')) {
    const restarted = await withCrew(options, 'chat', async (stage) => {
      let step = 0;
      if (options.scenarios.includes('chat')) for (const rate of options.rates) rows.push(...(await chatStep(stage, ++step, rate)));
      if (options.scenarios.includes('overload')) {
        const result = await overload(stage, ++step, highestSustained(rows) ?? options.overloadRate);
        rows.push(...result.rows);
        bars.push(...result.bars);
      }
    });
    bars.push(...restarted);
  }
  if (options.scenarios.includes('rolling')) {
    const restarted = await withCrew(options, 'rolling', async (stage) => {
      const result = await rolling(stage, 1);
      rows.push(...result.rows);
      bars.push(...result.bars);
    });
    bars.push(...restarted);
  }
  if (options.scenarios.includes('assign')) {
    const restarted = await withCordboard(options, 'assign', assignCapacity, async (cordboard, floor) => {
      console.log(`\n${tableHead}`);
      rows.push(...(await new Assign(cordboard, floor, options, seeded(options.seed)).run()));
    });
    bars.push(...restarted);
  }
  conclude(rows, [...barsOf(rows), ...bars]);
}

/** Room for every visitor with some to spare, as 20 agents with a dozen chats each have. */
const capacityFor = ({ visitors, agents }: BenchOptions) => Math.min(20, Math.ceil((visitors / agents) * 1.2));

/** Cordboard with visitors and agents in conversation. */
function withCrew(options: BenchOptions, scenario: ScenarioName, work: (stage: Stage) => Promise<void>): Promise<Bar[]> {
  return withCordboard(options, scenario, capacityFor(options), async (cordboard, floor) => {
    const random = seeded(options.seed);
    const crew = new Crew(cordboard.port, random);
    await crew.gather(options.visitors, options.agents);
    console.log(`\n${options.visitors} visitors write with ${options.agents} agents.\n\n${tableHead}`);
    await work({ cordboard, crew, floor, random, options });
    crew.close();
  });
}

/** Resolves to the bars of the restart that ends it; under a profiler it would measure the profiler. */
async function withCordboard(
  options: BenchOptions,
  scenario: ScenarioName,
  capacity: number,
  work: (cordboard: CordboardProcess, floor: Floor) => Promise<void>,
): Promise<Bar[]> {
  const environment = {
    ...limitsForLoad,
    CORDBOARD_DEMO: 'true',
    CORDBOARD_DEMO_AGENTS: String(options.agents),
    CORDBOARD_DEMO_CAPACITY: String(capacity),
  };
  const cordboard = await newCordboard(options, scenario, environment);
  try {
    await cordboard.start();
    const operator = new Operator(cordboard);
    if (options.profile) await countStatements(cordboard, operator);
    const settings = await readSettings(operator);
    console.log(describeSettings(settings));
    const wrong = offences(settings);
    if (wrong.length > 0) throw new Error(`The figures would be worthless: ${wrong.join('; ')}.`);
    const floor = await Floor.start(operator, __filename, options.visitors, options.agents, seeded(options.seed + 1));
    try {
      await work(cordboard, floor);
    } catch (error) {
      console.error(`Cordboard’s last words:\n${cordboard.lastOutput.slice(-4000)}`);
      throw error;
    } finally {
      await floor.stop();
    }
    return options.profile ? [] : await restart(cordboard, options.shape, scenario);
  } finally {
    await cordboard.dispose();
  }
}

async function newCordboard({ shape, profile }: BenchOptions, scenario: ScenarioName, environment: Record<string, string>) {
  if (shape === 'distributed')
    return new DistributedProcess(await newPlace('bench'), environment, scenario === 'rolling' ? rollingReplicas : '');
  return StandaloneProcess.create('bench', environment, profile ? ['--cpu-prof', '--cpu-prof-dir=reports/profile'] : []);
}

function conclude(rows: readonly BenchRow[], bars: readonly Bar[]): void {
  const sustained = highestSustained(rows);
  const best = rows.filter((row) => row.rate === sustained && row.scenario.startsWith('chat '));
  const worst = best.toSorted((a, b) => b.p99_ms - a.p99_ms)[0];
  writeReport(worst ? [...rows, { ...worst, scenario: 'highest sustained' }] : rows);
  console.log('');
  for (const bar of bars) console.log(barLine(bar));
  const faults = rows.reduce((sum, row) => sum + row.lost + row.duplicated + row.misordered, 0);
  if (rows.some((row) => row.scenario.startsWith('chat '))) {
    const limit = sustainedP99Ms[rows[0]?.shape ?? 'standalone'];
    console.log(`\nHighest rate sustained with p99 ≤ ${limit} ms: ${sustained ? `${sustained} messages a second` : 'none of those tried'}`);
  }
  console.log(`Lost, duplicated or out of order: ${faults}. Figures: reports/bench.json`);
  if (faults > 0 || bars.some((bar) => bar.isStrict && !isMet(bar))) process.exitCode = 1;
}

main().then(
  () => process.argv[2] !== 'floor' && process.exit(process.exitCode),
  (error: unknown) => {
    console.error(error instanceof Error ? error.stack : error);
    process.exit(1);
  },
);
