import type { DestinationStream } from 'pino';
import { openLogFile, short } from '../../standalone/src/log';

const levels = { trace: 10, debug: 20, info: 30, warn: 40, error: 50 } as const;
const nameWidth = 11;

/** Lines of all processes: as they are in the data folder's log, warnings and errors in the terminal with the process's name before them. */
export class ChildLog {
  private readonly file: DestinationStream;

  constructor(dataFolder: string) {
    this.file = openLogFile(dataFolder);
  }

  take({ service, name }: { service: string; name: string }, line: string): void {
    if (line.trim() === '') return;
    const entry = parse(line) ?? { level: levels.error, time: new Date().toISOString(), service, instance: name, msg: line };
    this.file.write(`${JSON.stringify(entry)}\n`);
    if (entry.level >= levels.warn) process.stderr.write(`${name.padEnd(nameWidth)}| ${short(JSON.stringify(entry))}`);
  }
}

/** A line that is no entry of a log is what a process says while it breaks. */
function parse(line: string): { level: number } | undefined {
  try {
    const entry: unknown = JSON.parse(line);
    return typeof entry === 'object' && entry !== null && 'level' in entry && typeof entry.level === 'number'
      ? (entry as { level: number })
      : undefined;
  } catch {
    return undefined;
  }
}
