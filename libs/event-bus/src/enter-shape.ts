import { connectBus } from './log-connection';
import type { LogReaderOptions } from './options';

/** One process with the log, or services that run apart on Kafka. */
export type Shape = 'standalone' | 'distributed';

/**
 * Notes in which shape an installation runs, the first time; groups with a position in the log make it a standalone one.
 * Resolves to what is noted: who wanted the other shape must not start, `moveToKafka` changes it.
 */
export async function enterShape(options: LogReaderOptions, wanted: Shape): Promise<{ shape: Shape; since: Date }> {
  const client = connectBus(options, 'bus shape');
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ shape: Shape; since: Date }>('select * from bus.enter_shape($1)', [wanted]);
    return rows[0] ?? { shape: wanted, since: new Date() };
  } finally {
    await client.end();
  }
}
