import { parseArgs } from 'node:util';

export type ScenarioName = 'chat' | 'assign' | 'overload';

export interface BenchOptions {
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
  /** Writes a processor profile of Cordboard into reports/profile. */
  profile: boolean;
}

export const usage = `npm run bench -- [options]
  --scenarios chat,assign,overload   which to run
  --rates 100,200,500,1000,2000,3000 messages a second, both directions together, two in to one back
  --seconds 60                       measured time of a step
  --warmup 10                        time before it that is not measured
  --floor-seconds 60                 measured time of the floor of a step; that of the step itself when not given
  --visitors 200 --agents 20         who writes
  --overload-rate N                  what overload doubles; the highest sustained rate of this run otherwise
  --seed N                           of arrivals and texts
  --profile                          a processor profile of Cordboard in reports/profile`;

/** Reads the command line; throws with one line for a value that makes no sense. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      scenarios: { type: 'string', default: 'chat,assign,overload' },
      rates: { type: 'string', default: '100,200,500,1000,2000,3000' },
      seconds: { type: 'string', default: '60' },
      warmup: { type: 'string', default: '10' },
      'floor-seconds': { type: 'string' },
      visitors: { type: 'string', default: '200' },
      agents: { type: 'string', default: '20' },
      'overload-rate': { type: 'string', default: '1000' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      profile: { type: 'boolean', default: false },
    },
  });
  const seconds = number('seconds', values.seconds, 1, 600);
  return {
    scenarios: values.scenarios.split(',').map(scenario),
    rates: values.rates.split(',').map((rate) => number('rates', rate, 1, 20_000)),
    seconds,
    warmupSeconds: number('warmup', values.warmup, 0, 120),
    // As long as the step, or a disk that stops for a moment now and then would be met by one and missed by the other.
    floorSeconds: number('floor-seconds', values['floor-seconds'] ?? values.seconds, 1, 600),
    visitors: number('visitors', values.visitors, 1, 1000),
    agents: number('agents', values.agents, 1, 200),
    overloadRate: number('overload-rate', values['overload-rate'], 1, 20_000),
    seed: number('seed', values.seed, 0, 2 ** 32 - 1),
    profile: values.profile,
  };
}

function scenario(name: string): ScenarioName {
  if (name === 'chat' || name === 'assign' || name === 'overload') return name;
  throw new Error(`There is no scenario called ${name}. Scenarios: chat, assign, overload.`);
}

function number(option: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max)
    throw new Error(`--${option}: ${text} is not a whole number from ${min} to ${max}.`);
  return value;
}
