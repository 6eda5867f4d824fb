import type { CordboardProcess } from '../drive/cordboard-process';
import { Operator } from '../drive/operator';
import { pickIndex, type Random } from '../drive/random';
import { pause, until } from '../drive/wait';
import type { Crew } from './crew';
import type { Floor } from './floor/floor';
import type { Flow } from './flow';
import { Meter } from './meter';
import type { BenchOptions } from './options';
import { spread } from './percentile';
import { type BenchRow, benchRow, machineLine, processLines, tableLine } from './report';
import { play, poissonTimes } from './schedule';
import { forgetStatements, topStatements, watchWaits } from './statements';

const drainMs = 30_000;

export interface Stage {
  cordboard: CordboardProcess;
  crew: Crew;
  floor: Floor;
  random: Random;
  options: BenchOptions;
}

/** Writes at the rate for warm-up and time: two from visitors to one from agents. Resolves when the last was due. */
export async function write({ crew, random }: Stage, step: number, rate: number, warmupSeconds: number, seconds: number): Promise<void> {
  const startedAt = performance.now();
  const lane = () => pickIndex(random, crew.seats.length);
  const isMeasured = (at: number) => at - startedAt >= warmupSeconds * 1000;
  const times = (share: number) => poissonTimes(random, rate * share, warmupSeconds + seconds);
  await Promise.all([
    play(times(2 / 3), startedAt, (at) => crew.fromVisitor(step, lane(), at, isMeasured(at))),
    play(times(1 / 3), startedAt, (at) => crew.fromAgent(step, lane(), at, isMeasured(at))),
  ]);
}

/** One rate: calibration, floor, then the path. Prints its two lines as soon as they are known. */
export async function chatStep(stage: Stage, step: number, rate: number): Promise<BenchRow[]> {
  const { cordboard, crew, floor, options } = stage;
  const calibration = await floor.calibrate();
  const below = await floor.measure(rate, options.floorSeconds);
  const operator = new Operator(cordboard);
  const waits = options.profile ? await watchWaits(operator) : undefined;
  if (waits) await forgetStatements(operator);
  const meter = new Meter(cordboard, crew.http);
  await write(stage, step, rate, options.warmupSeconds, options.seconds);
  const reading = meter.stop();
  await until(() => crew.outstanding(step) === 0, drainMs);
  await pause(200);
  const row = (scenario: string, flow: Flow, floorSpread: typeof below.in) =>
    benchRow(options.shape, scenario, rate, spread(flow.latencies()), floorSpread, flow.count(), reading);
  const rows = [row('chat in', crew.flow(step, 'in'), below.in), row('chat back', crew.flow(step, 'back'), below.back)];
  for (const each of rows) console.log(tableLine(each));
  for (const line of [machineLine(calibration, reading), ...processLines(reading)]) console.log(line);
  if (waits) console.log(`${await topStatements(operator, rate * (options.warmupSeconds + options.seconds))}\n${await waits.stop()}`);
  return rows;
}
