import { parseArgs } from 'node:util';
import type { ShapeName } from '../drive/build-cordboard';

export type ScenarioName = 'chat' | 'assign' | 'overload' | 'rolling';

/** What runs when nothing is said. */
const byDefault = {
  standalone: { scenarios: 'chat,assign,overload', rates: '100,200,500,1000,2000,3000' },
  distributed: { scenarios: 'chat', rates: '100,150,200,300,400' },
};

export interface BenchOptions {
  shape: ShapeName;
  scenarios: ScenarioName[];
  /** Messages a second, both directions together. */
  rates: number[];
  seconds: number;
  warmupSeconds: number;
  floorSeconds: number;
  visitors: number;
  agents: number;
  seed: number;
  /** What the overload doubles when no chat step ran. */
  overloadRate: number;
  /** How long the rolling restarts go on. */
  minutes: number;
  /** Writes a processor profile of Cordboard into reports/profile. */
  profile: boolean;
}

export const usage = `npm run bench -- [options]
  --shape standalone                 or distributed: each service a process, one of each, Kafka between them
  --scenarios chat,assign,overload   which to run; distributed chat alone, and rolling: restarts of everything under load
  --rates 100,200,500,1000,2000,3000 messages a second, both directions together, two in to one back
  --seconds 60                       measured time of a step
  --warmup 10                        time before it that is not measured
  --floor-seconds 60                 measured time of the floor of a step; that of the step itself when not given
  --visitors 200 --agents 20         who writes
  --overload-rate N                  what overload doubles; the highest sustained rate of this run otherwise
  --minutes 10                       of rolling restarts
  --seed N                           of arrivals and texts
  --profile                          a processor profile of Cordboard in reports/profile`;

/** Reads the command line; throws with one line for a value that makes no sense. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      shape: { type: 'string', default: 'standalone' },
      scenarios: { type: 'string' },
      rates: { type: 'string' },
      seconds: { type: 'string', default: '60' },
      warmup: { type: 'string', default: '10' },
      'floor-seconds': { type: 'string' },
      visitors: { type: 'string', default: '200' },
      agents: { type: 'string', default: '20' },
      'overload-rate': { type: 'string', default: '1000' },
      minutes: { type: 'string', default: '10' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      profile: { type: 'boolean', default: false },
    },
  });
  const seconds = number('seconds', values.seconds, 1, 600);
  const shape = shapeOf(values.shape);
  const scenarios = (values.scenarios ?? byDefault[shape].scenarios).split(',').map(scenario);
  if (values.profile && shape !== 'standalone') throw new Error('--profile knows one process: --shape standalone.');
  if (scenarios.includes('rolling') && shape !== 'distributed') throw new Error('rolling needs several processes: --shape distributed.');
  return {
    shape,
    scenarios,
    rates: (values.rates ?? byDefault[shape].rates).split(',').map((rate) => number('rates', rate, 1, 20_000)),
    seconds,
    warmupSeconds: number('warmup', values.warmup, 0, 120),
    // As long as the step, or a disk that stops for a moment now and then would be met by one and missed by the other.
    floorSeconds: number('floor-seconds', values['floor-seconds'] ?? values.seconds, 1, 600),
    visitors: number('visitors', values.visitors, 1, 1000),
    agents: number('agents', values.agents, 1, 200),
    overloadRate: number('overload-rate', values['overload-rate'], 1, 20_000),
    minutes: number('minutes', values.minutes, 1, 600),
    seed: number('seed', values.seed, 0, 2 ** 32 - 1),
    profile: values.profile,
  };
}

function scenario(name: string): ScenarioName {
  if (name === 'chat' || name === 'assign' || name === 'overload' || name === 'rolling') return name;
  throw new Error(`There is no scenario called ${name}. Scenarios: chat, assign, overload, rolling.`);
}

function shapeOf(name: string): ShapeName {
  if (name === 'standalone' || name === 'distributed') return name;
  throw new Error(`There is no shape ${name}. Shapes: standalone, distributed.`);
}

function number(option: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max)
    throw new Error(`--${option}: ${text} is not a whole number from ${min} to ${max}.`);
  return value;
}
