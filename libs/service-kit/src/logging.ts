import pino, { type Logger } from 'pino';

/**
 * Structured logs, one JSON object a line. Bodies of messages, passwords, tokens and cookies never get in:
 * fields that could hold one are removed by name wherever they appear up to three levels deep.
 */
export function createLogger(level: string, destination?: pino.DestinationStream): Logger {
  const secret = ['text', 'body', 'password', 'token', 'cookie', 'authorization', 'preview', 'lastLine'];
  const paths = secret.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`]);
  return pino(
    { level, redact: { paths, censor: '[removed]' }, base: undefined, timestamp: pino.stdTimeFunctions.isoTime },
    destination ?? pino.destination({ sync: true }),
  );
}
