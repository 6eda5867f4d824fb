import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port';

/** Where a Cordboard of its own runs: its public port and its data folder. */
export interface Place {
  port: number;
  dataFolder: string;
}

export async function newPlace(name: string): Promise<Place> {
  const dataFolder = mkdtempSync(join(tmpdir(), `cordboard-${name}-`));
  chmodSync(dataFolder, 0o755);
  return { port: await freePort(), dataFolder };
}
