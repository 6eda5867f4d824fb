import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@cordboard/service-kit';
import { eventually } from '@cordboard/testing';
import { Fleet } from './fleet';
import { Ports } from './ports';

describe('the fleet', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cordboard-fleet-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('tells of a process when it is among the others, long before it is ready', async () => {
    const program = join(folder, 'never-ready.js');
    writeFileSync(program, 'setInterval(() => undefined, 1000)');
    const told: string[][] = [];
    const fleet: Fleet = new Fleet({
      counts: { inbox: 2 },
      program,
      environment: process.env,
      ports: new Ports(),
      log: createLogger('silent'),
      onLine: () => undefined,
      onChange: ({ name }) => told.push(fleet.replicas.filter((each) => each.name === name).map(({ state }) => state)),
    });
    const started = fleet.start().catch((error: Error) => error.message);
    await eventually(() => expect(told.length).toBeGreaterThan(5));
    expect(new Set(told.flat())).toEqual(new Set(['starting']));
    expect(told.every((states) => states.length === 1)).toBe(true);
    await fleet.stop();
    expect(await started).toContain('while it started');
  });
});
