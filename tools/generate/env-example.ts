import type { PartConfig } from './part-config';
import { valueType } from './value-type';

/** .env.example: every variable, commented out, with its default. */
export function envExample(configs: readonly PartConfig[]): string {
  const parts = configs.map(({ part, variables }) => [
    `# ${part}`,
    '',
    ...variables.flatMap(({ variable, doc, schema, value }) => [
      `# ${doc} (${valueType(schema).replaceAll('`', '')})`,
      `#${variable}=${written(value)}`,
      '',
    ]),
  ]);
  return [
    '# Every variable Cordboard reads, with its default. Set them in the environment; none is needed to start.',
    '# Written by `npm run generate` from the config classes; do not edit.',
    '',
    ...parts.flat(),
  ].join('\n');
}

const written = (value: unknown) => (value === undefined || value === null ? '' : String(value));
