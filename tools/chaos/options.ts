import { parseArgs } from 'node:util';
import type { ShapeName } from '../drive/build-cordboard';

export interface ChaosOptions {
  shape: ShapeName;
  isShort: boolean;
  seed: number;
  /** Only faults whose name begins with one of these; all otherwise. */
  only: readonly string[] | undefined;
}

export const usage = `npm run chaos -- [options]
  --shape=distributed   every service in processes of its own, on PostgreSQL and three Kafka nodes behind proxies; standalone
  --short               each fault once, for continuous integration: four minutes at most
  --seed N              of what is written and when things break
  --only 16,20          only faults whose name begins so`;

export function readOptions(args: readonly string[]): ChaosOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      shape: { type: 'string', default: 'standalone' },
      short: { type: 'boolean', default: false },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      only: { type: 'string' },
    },
  });
  const seed = Number(values.seed);
  if (!Number.isInteger(seed) || seed < 0) throw new Error(`--seed: ${values.seed} is not a whole number.`);
  const { shape } = values;
  if (shape !== 'standalone' && shape !== 'distributed') throw new Error(`--shape: ${shape} is neither standalone nor distributed.`);
  return { shape, isShort: values.short, seed, only: values.only?.split(',') };
}
