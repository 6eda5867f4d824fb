import { connectBus } from './log-connection';
import type { LogReaderOptions } from './options';

const sliceSize = 1000;
const restMs = 100;

/**
 * Deletes events older than 7 days that every group has handled, in slices with a rest between them; the newest event
 * of each entity key stays. One process at a time. Resolves to how many rows went.
 */
export async function housekeep(options: LogReaderOptions, isStopping: () => boolean, keep = '7 days'): Promise<number> {
  const client = connectBus(options, 'bus housekeeping');
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 2)) as mine', [
      'bus housekeeping',
    ]);
    if (!rows[0]?.mine) return 0;
    let deleted = 0;
    for (let after: string | null = '0'; after !== null && !isStopping(); ) {
      const slice: { rows: { deleted: string; next: string | null }[] } = await client.query('select * from bus.sweep($1, $2, $3)', [
        after,
        sliceSize,
        keep,
      ]);
      deleted += Number(slice.rows[0]?.deleted ?? 0);
      after = slice.rows[0]?.next ?? null;
      if (after !== null) await new Promise((next) => setTimeout(next, restMs));
    }
    return deleted;
  } finally {
    await client.end();
  }
}
