import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { embeddedBinaries, isReachable, serverUser } from './embedded-binaries';
import { readPostmaster } from './postmaster';
import { StartLog } from './start-log';

export interface EmbeddedPostgresOptions {
  /** Made when it does not exist. */
  dataDir: string;
  superuser: string;
  password: string;
  /** False for tests: a crash of the machine may lose everything, a commit costs nothing. */
  durable: boolean;
  /** A free one when not given. */
  port?: number;
  /** More `-c` settings of the server: `['max_connections=50']`. */
  settings?: readonly string[];
  /** Each line of the server's log. */
  onLog?: (line: string) => void;
}

/** A running server. */
export interface EmbeddedPostgres {
  /** `postgres://127.0.0.1:PORT`, without user, password and database. */
  url: string;
  /** Where its Unix socket is: a round trip costs less there. Missing where the system has none, or the path is too long for one. */
  socketFolder: string | undefined;
  superuser: string;
  password: string;
  /** The postmaster's process id. */
  pid: number;
  /** Resolves when the server has ended, for whatever reason. */
  exited: Promise<void>;
  /** Ends sessions, writes what is left and resolves when the server is gone. */
  stop(): Promise<void>;
}

const majorVersion = '18';
/** A socket's address has room for 103 characters on every system; `/.s.PGSQL.65535` takes 15 of them. */
const longestSocketFolder = 88;
const run = promisify(execFile);

/**
 * The server is a child of a shell that watches a pipe held by this process: when this process dies, even by
 * kill −9, the pipe closes and the shell shuts the server down. When the server dies, the shell ends too.
 */
const guard = `
  exec 3<&0
  "$0" "$@" </dev/null 3<&- &
  P=$!
  { cat <&3 >/dev/null; kill -INT $P; } 2>/dev/null &
  C=$!
  trap "kill -INT $P" INT TERM
  while kill -0 $P 2>/dev/null; do wait $P; R=$?; done
  kill $C 2>/dev/null
  exit $R`;

/** Starts PostgreSQL from the npm package's binaries. Rejects with one sentence that says what is wrong and how to mend it. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  const binaries = embeddedBinaries();
  checkFolder(dataDir);
  if (!existsSync(join(dataDir, 'PG_VERSION'))) await initialise(binaries, dataDir, options);
  const deadline = Date.now() + 8_000;
  for (;;) {
    try {
      return await launch(binaries, dataDir, options);
    } catch (error) {
      if (!(error instanceof StartFailure) || !error.mayPass || Date.now() > deadline) throw error;
      await new Promise((next) => setTimeout(next, 200));
    }
  }
}

/** `mayPass`: the last server's processes are still going away. */
class StartFailure extends Error {
  constructor(
    message: string,
    readonly mayPass: boolean,
  ) {
    super(message);
  }
}

function checkFolder(dataDir: string): void {
  if (serverUser && !isReachable(dirname(dataDir))) {
    throw new Error(
      `Started by root, PostgreSQL runs as an ordinary user, who cannot enter ${dirname(dataDir)}. Choose a data folder that others may enter, or start Cordboard as an ordinary user.`,
    );
  }
  if (!existsSync(dataDir)) return;
  const versionFile = join(dataDir, 'PG_VERSION');
  if (existsSync(versionFile)) {
    const version = readFileSync(versionFile, 'utf8').trim();
    if (version !== majorVersion) {
      throw new Error(
        `The data in ${dataDir} was written by PostgreSQL ${version}; this Cordboard has PostgreSQL ${majorVersion}. Make a backup with the Cordboard that wrote it and restore it into an empty folder.`,
      );
    }
  } else if (readdirSync(dataDir).length > 0) {
    throw new Error(`${dataDir} is neither empty nor a PostgreSQL data folder. Choose another folder.`);
  }
}

/** Works beside the folder and renames: a half-made cluster is never taken for a whole one. */
async function initialise(binaries: string, dataDir: string, options: EmbeddedPostgresOptions): Promise<void> {
  const half = `${dataDir}.new`;
  const passwordFile = join(tmpdir(), `cordboard-${process.pid}-${Date.now()}`);
  try {
    rmSync(half, { recursive: true, force: true });
    mkdirSync(dirname(dataDir), { recursive: true });
    mkdirSync(half, { mode: 0o700 });
    writeFileSync(passwordFile, options.password, { mode: 0o600 });
    if (serverUser) for (const path of [half, passwordFile]) chownSync(path, serverUser.uid, serverUser.gid);
    const args = ['-A', 'scram-sha-256', '-U', options.superuser, `--pwfile=${passwordFile}`, '-E', 'UTF8', '--locale=C.UTF-8'];
    // A new piece of the write-ahead log is filled with zeros while every commit waits: 16 MB took up to a fifth of a second.
    args.push('--wal-segsize=2');
    await run(join(binaries, 'bin', 'initdb'), [...args, ...(options.durable ? [] : ['-N']), '-D', half], { ...serverUser, cwd: '/' });
    rmSync(dataDir, { recursive: true, force: true });
    renameSync(half, dataDir);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    const { message, stderr } = error as Error & { stderr?: string };
    throw new Error(explain(stderr || message, dataDir));
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function launch(binaries: string, dataDir: string, options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const port = options.port ?? (await freePort());
  const socketFolder = makeSocketFolder(dataDir);
  const settings = [
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${socketFolder ?? ''}`,
    `port=${port}`,
    'max_connections=200',
    'shared_buffers=64MB',
    // initdb makes it 64 pieces of the log, and small pieces would give a checkpoint every few seconds.
    'max_wal_size=1GB',
    // Plans made while tables were empty last until the first analyze: let it come within seconds.
    'autovacuum_naptime=5s',
    ...(options.durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
    ...(options.settings ?? []),
  ];
  const args = ['-c', guard, join(binaries, 'bin', 'postgres'), '-D', dataDir, ...settings.flatMap((setting) => ['-c', setting])];
  const child = spawn('sh', args, { ...serverUser, cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'pipe'] });
  const exited = new Promise<void>((done) => child.once('close', () => done()));
  child.stdin?.on('error', () => undefined);
  void exited.then(() => child.stdin?.destroy());
  const server = {
    url: `postgres://127.0.0.1:${port}`,
    socketFolder,
    superuser: options.superuser,
    password: options.password,
    exited,
    stop: async () => {
      child.stdin?.end();
      await exited;
    },
  };
  await ready(child, dataDir, exited, options.onLog);
  const postmaster = readPostmaster(dataDir);
  if (!postmaster) throw new StartFailure(`PostgreSQL in ${dataDir} ended as soon as it was ready.`, true);
  return { ...server, pid: postmaster.pid };
}

/** Beside the data, for the server's user alone. */
function makeSocketFolder(dataDir: string): string | undefined {
  const folder = `${dataDir}.socket`;
  if (process.platform === 'win32' || /[^\w./-]/.test(folder) || folder.length > longestSocketFolder) return undefined;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (serverUser) chownSync(folder, serverUser.uid, serverUser.gid);
  return folder;
}

/** Follows the server's log until it takes connections; rejects with the reason when it ends before. */
function ready(child: ChildProcess, dataDir: string, exited: Promise<void>, onLog?: (line: string) => void): Promise<void> {
  return new Promise((isReady, failed) => {
    const log = new StartLog();
    let rest = '';
    child.once('error', (error) => failed(new StartFailure(explain(error.message, dataDir), false)));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        log.hear(line);
        onLog?.(line);
      }
      if (log.isReady) isReady();
    });
    void exited.then(() => {
      const mayPass = /lock file "postmaster.pid" already exists|shared memory block .* is still in use/.test(log.text);
      failed(new StartFailure(explain(log.text, dataDir), mayPass));
    });
  });
}

function explain(log: string, dataDir: string): string {
  if (/No space left on device/.test(log)) return `The disk that holds ${dataDir} is full. Free some space and start again.`;
  if (/Read-only file system/.test(log)) return `${dataDir} is on a read-only disk. Make it writable or choose another data folder.`;
  if (/Permission denied/.test(log))
    return `PostgreSQL may not write to ${dataDir}. Give its user the right or choose another data folder.`;
  if (/already exists|still in use/.test(log)) return `${dataDir} is in use by another PostgreSQL. Stop the other Cordboard first.`;
  if (/Address already in use/.test(log)) return `PostgreSQL's port is in use by another program. Start again to take another port.`;
  const fatal = log.split('\n').filter((line) => /FATAL|PANIC|error|HINT/i.test(line));
  return `PostgreSQL did not start in ${dataDir}: ${(fatal.length > 0 ? fatal : log.split('\n').slice(-5)).join(' ').trim()}`;
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => found(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
