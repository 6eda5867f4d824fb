import { enterShape, type Shape } from '@cordboard/event-bus';
import { rolePassword, serviceRole } from '@cordboard/persistence';
import type { Logger } from 'pino';
import { StartError } from './start-error';

/** Notes the shape at the first start. Later ones in the other shape are refused: its groups have their positions elsewhere. */
export async function keepShape(access: { url: string; masterKey: Buffer }, wanted: Shape, log: Logger): Promise<void> {
  const password = rolePassword(access.masterKey, serviceRole('bus'));
  const { shape, since } = await enterShape({ url: access.url, password, logger: log }, wanted);
  if (shape === wanted) return;
  if (shape === 'standalone') {
    throw new StartError('This installation runs in one process so far. Move it first: npm run bus -- move');
  }
  throw new StartError(
    `This installation has been distributed since ${since.toISOString()}. Start it with npm run start:distributed; the way back to one process is a backup from before.`,
  );
}
