import { mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { createLogger } from '@cordboard/service-kit';
import pino, { type Logger } from 'pino';

/** The whole log goes to a file in the data folder; warnings and errors show in the terminal as one line each. */
export function openLog(level: string, dataFolder: string): Logger {
  mkdirSync(dataFolder, { recursive: true });
  const file = openLogFile(dataFolder);
  const streams = pino.multistream([
    { level: level as pino.Level, stream: file },
    { level: 'warn', stream: { write: (line: string) => process.stderr.write(short(line)) } },
  ]);
  return createLogger(level, streams);
}

/** Where all processes of an installation write. Opened at once: who ends before that could not write what is left. */
export const openLogFile = (dataFolder: string) =>
  pino.destination({ dest: openSync(join(dataFolder, 'cordboard.log'), 'a'), sync: false });

/** A line of the log as a person reads it in the terminal. */
export function short(line: string): string {
  const { level, time, service, msg, err } = JSON.parse(line) as {
    level: number;
    time: string;
    service?: string;
    msg: string;
    err?: { message: string };
  };
  const word = level >= 50 ? 'ERROR' : level >= 40 ? 'warn' : 'info';
  const cause = err && !msg.includes(err.message) ? `: ${err.message}` : '';
  return `${time.slice(11, 19)} ${word} ${service ?? 'cordboard'}: ${msg}${cause}\n`;
}
