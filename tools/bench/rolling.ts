import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { pause, until } from '../drive/wait';
import { audit } from './audit';
import type { Bar } from './bars';
import { type Stage, write } from './chat';
import { type Direction, readMarker } from './marker';
import { Meter } from './meter';
import { Outages } from './outages';
import { spread } from './percentile';
import { type BenchRow, benchRow, machineLine, processLines, tableLine } from './report';

/** Who has two processes in this scenario. */
export const rollingReplicas = 'gateway=2,webchat=2,inbox=2,routing=2';
const perSecond = 50;
const settleMs = 30_000;
const gapLimitMs = 5000;
const restMs = 2000;
/** How much is written between two looks whether a restart is still under way. */
const sliceSeconds = 5;

/**
 * People write while every process is renewed, one after the other and over again, for the time given and until the
 * restart in hand is whole. At the end each conversation is read as a window opened anew would: there stands
 * what counts. What the sockets brought meanwhile is counted too, and how long each was away.
 */
export async function rolling(stage: Stage, step: number): Promise<{ rows: BenchRow[]; bars: Bar[] }> {
  const { cordboard, crew, floor, options } = stage;
  const calibration = await floor.calibrate();
  const below = await floor.measure(perSecond, Math.min(10, options.floorSeconds));
  const meter = new Meter(cordboard, crew.http);
  const outages = new Outages([...crew.seats.map(({ visitor }) => visitor), ...crew.agents]);
  const busyBefore = crew.busy;
  const endsAt = performance.now() + options.minutes * 60_000;
  let isOver = false;
  const renewing = renewUntil(endsAt, cordboard.dataFolder).finally(() => {
    isOver = true;
  });
  renewing.catch(() => undefined);
  while (!isOver) await write(stage, step, perSecond, 0, sliceSeconds);
  const { rounds, renewed } = await renewing;

  const flows = { in: crew.flow(step, 'in'), back: crew.flow(step, 'back') };
  const open = () => [flows.in, flows.back].reduce((sum, flow) => sum + flow.count().planned - flow.count().acknowledged, 0);
  await until(() => open() === 0 && flows.back.outstanding === 0 && outages.away === 0, settleMs, 100);
  outages.stop();
  const reading = meter.stop();
  const rows: BenchRow[] = [];
  for (const direction of ['in', 'back'] as const) {
    const read = await settled(stage, step, direction);
    const live = flows[direction].count();
    const count = {
      // A window that comes back reads what it missed; a visitor's socket is given it.
      lost: Math.max(read.lost, direction === 'back' ? live.lost : 0),
      duplicated: Math.max(read.duplicated, live.duplicated),
      misordered: Math.max(read.misordered, live.misordered),
    };
    rows.push(
      benchRow(options.shape, `rolling ${direction}`, perSecond, spread(flows[direction].latencies()), below[direction], count, reading),
    );
  }
  for (const row of rows) console.log(tableLine(row));
  for (const line of [machineLine(calibration, reading), ...processLines(reading)]) console.log(line);
  const gaps = spread(outages.gaps);
  const { planned } = flows.back.count();
  console.log(
    `    ${renewed} processes renewed in ${rounds} restarts of everything; ${planned} mutations, ${crew.busy - busyBefore} times said again with the same id; sockets were away ${gaps.count} times, p50 ${Math.round(gaps.p50)} ms, p99 ${Math.round(gaps.p99)} ms`,
  );
  return {
    rows,
    bars: [
      { what: 'rolling, messages never acknowledged', measured: open(), limit: 0, unit: '', isStrict: true },
      { what: 'rolling, longest time without a socket', measured: Math.round(gaps.max), limit: gapLimitMs, unit: 'ms', isStrict: true },
      { what: 'rolling, sockets that never came back', measured: outages.away, limit: 0, unit: '', isStrict: true },
    ],
  };
}

/** What the timelines say, once nothing is missing in them or time is up. */
async function settled(stage: Stage, step: number, direction: Direction): Promise<ReturnType<typeof audit>> {
  for (const deadline = performance.now() + settleMs; ; await pause(1000)) {
    const found = await readTimelines(stage, step, direction);
    if (found.lost === 0 || performance.now() > deadline) return found;
  }
}

async function readTimelines({ crew }: Stage, step: number, direction: Direction): Promise<ReturnType<typeof audit>> {
  const sum = { lost: 0, duplicated: 0, misordered: 0 };
  for (const [lane, { agent, conversation }] of crew.seats.entries()) {
    if (!agent || !conversation) throw new Error(`Lane ${lane} has no conversation.`);
    const entries = await agent.timeline(conversation.tenantId, conversation.id);
    const shown = entries.flatMap(({ text }) => {
      const mark = readMarker(text);
      return mark?.step === step && mark.direction === direction ? [mark.seq] : [];
    });
    const found = audit(shown, crew.flow(step, direction).acknowledgedIn(lane));
    for (const key of ['lost', 'duplicated', 'misordered'] as const) sum[key] += found[key];
  }
  return sum;
}

const controlSchema = z.object({ control: z.object({ address: z.string(), token: z.string() }) });

/** Restarts everything, again and again until the time; rejects when one is not finished. */
async function renewUntil(endsAt: number, dataFolder: string): Promise<{ rounds: number; renewed: number }> {
  const { control } = controlSchema.parse(JSON.parse(readFileSync(join(dataFolder, 'processes.json'), 'utf8')));
  const headers = { authorization: `Bearer ${control.token}` };
  for (let rounds = 1, renewed = 0; ; rounds++) {
    const response = await fetch(`${control.address}/restart/all`, { method: 'POST', headers });
    const told = (await response.text()).trim().split('\n');
    if (told.at(-1) !== 'done') throw new Error(`A restart of everything was not finished:\n${told.join('\n')}`);
    renewed += told.length - 1;
    if (performance.now() > endsAt) return { rounds, renewed };
    await pause(restMs);
  }
}
