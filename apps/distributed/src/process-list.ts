import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Replica } from './replica';

/** What `processes.json` in the data folder says while the installation runs, for tools. */
export interface ProcessList {
  /** The supervisor's. */
  pid: number;
  /** The one public address. */
  address: string;
  /** Where rolling restarts are asked for, and with which word. */
  control: { address: string; token: string };
  /** As KAFKA_BROKERS. */
  brokers: string;
  processes: { name: string; instance: string; pid: number | undefined; http: string; state: string }[];
}

const fileOf = (dataFolder: string) => join(dataFolder, 'processes.json');

/** Puts the list in place of the last one at once; only its owner may read it. */
export function writeProcessList(dataFolder: string, list: Omit<ProcessList, 'processes'>, replicas: readonly Replica[]): void {
  const processes = replicas.map(({ service, name, pid, address, state }) => ({
    name: service,
    instance: name,
    pid,
    http: address,
    state,
  }));
  const half = `${fileOf(dataFolder)}.half`;
  writeFileSync(half, `${JSON.stringify({ ...list, processes }, null, 2)}\n`, { mode: 0o600 });
  renameSync(half, fileOf(dataFolder));
}

/** Nothing where none runs. */
export function readProcessList(dataFolder: string): ProcessList | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(dataFolder), 'utf8')) as ProcessList;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export function removeProcessList(dataFolder: string): void {
  rmSync(fileOf(dataFolder), { force: true });
}
