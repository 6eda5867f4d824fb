import { pause, until } from '../drive/wait';
import { type Bar, latencyLimit } from './bars';
import { type Stage, write } from './chat';
import type { Flow, FlowCount } from './flow';
import { heapMb, Meter } from './meter';
import { percentile, spread } from './percentile';
import { type BenchRow, benchRow, machineLine, tableLine } from './report';

const overloadSeconds = 30;
const recoverySeconds = 20;
const normalRate = 200;
const normalP99Ms = 100;
const lateMs = 5000;
const heapLimitMb = 512;

export interface OverloadResult {
  rows: BenchRow[];
  bars: Bar[];
}

/**
 * Twice what the system sustained, for 30 s, then 200 messages a second again. `busy` is a proper answer then: the client
 * keeps the message and tries again in order, so what was due later waits behind it. When the 30 s are over, what nobody has
 * taken yet is given up, as visitors do who leave: only so can latency be asked to be normal soon after.
 */
export async function overload(stage: Stage, step: number, sustained: number): Promise<OverloadResult> {
  const { cordboard, crew, floor } = stage;
  const rate = sustained * 2;
  const calibration = await floor.calibrate();
  const below = await floor.measure(rate, Math.min(10, stage.options.floorSeconds));
  const heapBefore = await heapMb(crew.http);
  const busyBefore = crew.busy;
  const meter = new Meter(cordboard, crew.http);
  await write(stage, step, rate, 0, overloadSeconds);
  const givenUp = crew.giveUp();
  const endedAt = performance.now();
  await write(stage, step + 1, normalRate, 0, recoverySeconds);
  const reading = meter.stop();
  await until(() => crew.outstanding(step) <= givenUp && crew.outstanding(step + 1) === 0, 30_000);
  await pause(500);
  const heapAfter = await heapMb(crew.http);

  const under = [crew.flow(step, 'in'), crew.flow(step, 'back')] as const;
  const after = [crew.flow(step + 1, 'in'), crew.flow(step + 1, 'back')] as const;
  const latest = Math.max(
    0,
    ...under.flatMap((flow) =>
      percentile(
        flow.afterAcknowledgement().sort((a, b) => a - b),
        1,
      ),
    ),
  );
  const recoveredAfter = secondsToNormal(after, endedAt, latencyLimit(normalP99Ms, Math.max(below.in.p99, below.back.p99)));
  const row = (scenario: string, flow: Flow, floorSpread: typeof below.in, at: number) =>
    benchRow(stage.options.shape, scenario, at, spread(flow.latencies()), floorSpread, flow.count(), reading);
  const rows = [
    row('overload in', under[0], below.in, rate),
    row('overload back', under[1], below.back, rate),
    row('recovery in', after[0], below.in, normalRate),
    row('recovery back', after[1], below.back, normalRate),
  ];
  for (const each of rows) console.log(tableLine(each));
  console.log(machineLine(calibration, reading));
  const counts = under.map((flow) => flow.count());
  const sum = (of: (count: FlowCount) => number) => counts.reduce((total, count) => total + of(count), 0);
  console.log(
    `    ${sum(({ planned }) => planned)} due, ${sum(({ acknowledged }) => acknowledged)} acknowledged, ${crew.busy - busyBefore} times busy, ${givenUp} given up at the end; heap ${heapBefore.toFixed(0)} MB before, ≤ ${reading.heapMb.toFixed(0)} during, ${heapAfter.toFixed(0)} after`,
  );
  return {
    rows,
    bars: [
      { what: 'overload, latest after its acknowledgement', measured: Math.round(latest), limit: lateMs, unit: 'ms' },
      { what: 'overload, Node’s heap', measured: Math.round(reading.heapMb), limit: heapLimitMb, unit: 'MB' },
      { what: 'overload, seconds to normal latency', measured: recoveredAfter, limit: 10, unit: 's' },
    ],
  };
}

/** Whole seconds after the overload from which on p99 was normal in both directions; all of them when it never was. */
function secondsToNormal(flows: readonly Flow[], endedAt: number, normalMs: number): number {
  for (let second = 0; second < recoverySeconds; second++) {
    const p99 = Math.max(...flows.map((flow) => spread(flow.latencies(endedAt + second * 1000)).p99));
    if (p99 <= normalMs) return second;
  }
  return recoverySeconds;
}
