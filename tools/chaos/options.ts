import { parseArgs } from 'node:util';

export interface ChaosOptions {
  isShort: boolean;
  seed: number;
  /** Only faults whose name begins so; all otherwise. */
  only: string | undefined;
}

export const usage = `npm run chaos -- [options]
  --short     each fault once, for continuous integration: two minutes and a half at most
  --seed N    of what is written and when things break
  --only 16   only faults whose name begins so`;

export function readOptions(args: readonly string[]): ChaosOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      short: { type: 'boolean', default: false },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      only: { type: 'string' },
    },
  });
  const seed = Number(values.seed);
  if (!Number.isInteger(seed) || seed < 0) throw new Error(`--seed: ${values.seed} is not a whole number.`);
  return { isShort: values.short, seed, only: values.only };
}
