import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { serverUser } from '@cordboard/persistence';
import { StartError } from '../start-error';
import { findDataFolder } from './data-folder';
import { type Manifest, manifestName, manifestSchema } from './manifest';

/**
 * Puts a backup in the place of the data. What was there is moved aside, not deleted. Events the backup had already
 * delivered are not delivered again: positions and log come back together.
 */
export function restore(environment: NodeJS.ProcessEnv, source: string | undefined): { manifest: Manifest; movedTo: string | undefined } {
  if (!source) throw new StartError('Name the backup: npm run restore -- FOLDER');
  const folder = resolve(source);
  const manifest = readManifest(folder);
  const data = findDataFolder(environment);
  if (data.port) throw new StartError('Cordboard is running on this data. Stop it first, then restore.');
  mkdirSync(data.path, { recursive: true });
  const movedTo = existsSync(data.postgres) ? join(data.path, `before-restore-${Date.now()}`) : undefined;
  if (movedTo) {
    mkdirSync(movedTo, { mode: 0o700 });
    renameSync(data.postgres, join(movedTo, 'postgres'));
    if (existsSync(data.masterKeyFile)) renameSync(data.masterKeyFile, join(movedTo, 'master.key'));
  }
  const half = `${data.postgres}.restoring`;
  rmSync(half, { recursive: true, force: true });
  cpSync(join(folder, 'postgres'), half, { recursive: true });
  chmodSync(half, 0o700);
  for (const name of [
    'pg_replslot',
    'pg_dynshmem',
    'pg_notify',
    'pg_serial',
    'pg_snapshots',
    'pg_stat_tmp',
    'pg_subtrans',
    'pg_wal/archive_status',
  ]) {
    mkdirSync(join(half, name), { recursive: true, mode: 0o700 });
  }
  giveToServer(half);
  renameSync(half, data.postgres);
  if (existsSync(join(folder, 'master.key'))) {
    cpSync(join(folder, 'master.key'), data.masterKeyFile);
    chmodSync(data.masterKeyFile, 0o600);
  }
  return { manifest, movedTo };
}

function readManifest(folder: string): Manifest {
  const path = join(folder, manifestName);
  if (!existsSync(path)) throw new StartError(`${folder} is not a whole backup: it has no ${manifestName}.`);
  const manifest = manifestSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!manifest.success) throw new StartError(`${path} is not of a form this Cordboard knows. Restore with the version that made it.`);
  return manifest.data;
}

/** Started by root, PostgreSQL runs as another user, who must own its files. */
function giveToServer(path: string): void {
  if (!serverUser) return;
  chownSync(path, serverUser.uid, serverUser.gid);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inside = join(path, entry.name);
    if (entry.isDirectory()) giveToServer(inside);
    else chownSync(inside, serverUser.uid, serverUser.gid);
  }
}
