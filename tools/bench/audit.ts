import type { FlowCount } from './flow';

/** One writer's messages as a timeline shows them, by their numbers, against what was acknowledged to the writer. */
export function audit(shown: readonly number[], acknowledged: readonly number[]): Pick<FlowCount, 'lost' | 'duplicated' | 'misordered'> {
  const there = new Set(shown);
  const first = [...there];
  return {
    lost: acknowledged.filter((seq) => !there.has(seq)).length,
    duplicated: shown.length - there.size,
    misordered: first.filter((seq, place) => place > 0 && seq < (first[place - 1] ?? 0)).length,
  };
}
