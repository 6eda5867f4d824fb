import type { EnvField } from '@cordboard/service-kit';

/** One variable with its default. */
export interface Variable extends Pick<EnvField, 'variable' | 'schema' | 'doc'> {
  value: unknown;
}

/** The configuration of one app or library. */
export interface PartConfig {
  part: string;
  variables: Variable[];
}

/** A variable that several parts read stands under the first; it must mean the same in all. */
export function onceEach(configs: readonly PartConfig[]): PartConfig[] {
  const known = new Map<string, { part: string; meaning: string }>();
  return configs
    .map(({ part, variables }) => ({
      part,
      variables: variables.filter((each) => {
        const meaning = JSON.stringify([each.doc, each.value]);
        const before = known.get(each.variable);
        if (before && before.meaning !== meaning) {
          throw new Error(`${each.variable} differs between ${before.part} and ${part}: give it one doc and one default, or two names.`);
        }
        if (!before) known.set(each.variable, { part, meaning });
        return !before;
      }),
    }))
    .filter(({ variables }) => variables.length > 0);
}
