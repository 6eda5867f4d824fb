import type { PartConfig } from './part-config';
import { valueType } from './value-type';

/** docs/configuration.md: every variable by part. */
export function configurationPage(configs: readonly PartConfig[]): string {
  const parts = configs.map(({ part, variables }) => [
    `## ${part}`,
    '',
    '| Variable | What it does | Value | Default |',
    '|---|---|---|---|',
    ...variables.map(
      ({ variable, doc, schema, value }) =>
        `| \`${variable}\` | ${cell(doc)} | ${cell(valueType(schema))} | ${value === '' || value === undefined ? 'none' : `\`${String(value)}\``} |`,
    ),
    '',
  ]);
  return [
    '# Configuration',
    '',
    '<!-- Written by `npm run generate` from the config classes; do not edit. -->',
    '',
    'Cordboard is configured by environment variables alone, and starts without any. A value it cannot work with stops the start with the name of',
    'the variable. `.env.example` lists the same.',
    '',
    ...parts.flat(),
  ].join('\n');
}

const cell = (text: string) => text.replaceAll('|', '\\|');
