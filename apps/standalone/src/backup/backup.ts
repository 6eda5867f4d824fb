import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { Client } from 'pg';
import { deriveKey, loadMasterKey } from '../master-key';
import { StartError } from '../start-error';
import { type DataFolder, findDataFolder } from './data-folder';
import { type Manifest, manifestName } from './manifest';

/** Left out of a copy: rebuilt at start, or belonging to the running server only. */
const transient = /^(postmaster\.(pid|opts)|pg_(wal|replslot|dynshmem|notify|serial|snapshots|stat_tmp|subtrans)\/.+|.*pgsql_tmp.*)$/;

/**
 * Copies the data folder while Cordboard runs or when it is stopped. Running: PostgreSQL's low-level backup
 * (https://www.postgresql.org/docs/current/continuous-archiving.html) with a temporary replication slot that keeps
 * the write-ahead log until it has been copied. Gives the folder of the backup.
 */
export async function backup(environment: NodeJS.ProcessEnv, target?: string): Promise<{ folder: string; manifest: Manifest }> {
  const data = findDataFolder(environment);
  if (!existsSync(join(data.postgres, 'PG_VERSION'))) throw new StartError(`There is no data in ${data.path} yet: nothing to back up.`);
  const folder = resolve(target ?? join(data.path, 'backups', new Date().toISOString().replaceAll(':', '-')));
  if (existsSync(folder)) throw new StartError(`${folder} exists. Name another folder: a backup never overwrites.`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    if (data.port) await copyRunning(data, data.port, folder, environment);
    else copyStopped(data, folder);
    if (existsSync(data.masterKeyFile)) copySecret(data.masterKeyFile, join(folder, 'master.key'));
    const manifest = manifestOf(data, folder);
    writeFileSync(join(folder, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
    return { folder, manifest };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

async function copyRunning(data: DataFolder, port: number, folder: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const masterKey = loadMasterKey(environment.CORDBOARD_MASTER_KEY ?? '', data.path);
  const password = Buffer.from(deriveKey(masterKey, 'embedded superuser')).toString('hex');
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: 'cordboard',
    password,
    database: 'cordboard',
    application_name: 'cordboard backup',
  });
  await client.connect();
  try {
    await client.query(`select pg_create_physical_replication_slot('cordboard_backup', true, true)`);
    await client.query(`select pg_backup_start('cordboard', true)`);
    copyFiles(data.postgres, join(folder, 'postgres'));
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
    writeFileSync(join(folder, 'postgres', 'backup_label'), rows[0]?.labelfile ?? '', { mode: 0o600 });
    cpSync(join(data.postgres, 'pg_wal'), join(folder, 'postgres', 'pg_wal'), { recursive: true });
  } finally {
    await client.end();
  }
}

function copyStopped(data: DataFolder, folder: string): void {
  copyFiles(data.postgres, join(folder, 'postgres'));
  cpSync(join(data.postgres, 'pg_wal'), join(folder, 'postgres', 'pg_wal'), { recursive: true });
}

/** Files may vanish while the server works (a dropped table): replaying the log makes up for them. */
function copyFiles(from: string, to: string): void {
  const visit = (path: string) => {
    const inside = relative(from, path);
    if (inside && transient.test(inside)) return;
    const target = join(to, inside);
    try {
      if (statSync(path).isDirectory()) {
        mkdirSync(target, { recursive: true, mode: 0o700 });
        for (const name of readdirSync(path)) visit(join(path, name));
      } else cpSync(path, target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  };
  visit(from);
}

function copySecret(from: string, to: string): void {
  cpSync(from, to);
  chmodSync(to, 0o600);
}

function manifestOf(data: DataFolder, folder: string): Manifest {
  return {
    format: 'cordboard-backup',
    version: 1,
    postgresMajor: readFileSync(join(data.postgres, 'PG_VERSION'), 'utf8').trim(),
    takenAt: new Date().toISOString(),
    bytes: sizeOf(folder),
  };
}

function sizeOf(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, basename(name))), 0);
}
