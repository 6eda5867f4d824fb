import { workChanged, workStateSchema } from '@cordboard/events';
import { assertMove, type FromState, workMoves } from './work.states';

const states = workStateSchema.options;
const causes = workChanged.schema.shape.cause.options;
const froms: FromState[] = ['none', ...states];

describe('the moves of a work item', () => {
  it.each(froms.flatMap((from) => causes.flatMap((cause) => states.map((to) => [from, cause, to] as const))))(
    'from %s by %s to %s is allowed exactly when the table says so',
    (from, cause, to) => {
      const move = () => assertMove(from, cause, to);
      if (workMoves[from][cause]?.includes(to)) expect(move).not.toThrow();
      else expect(move).toThrow(`Work cannot move from ${from} to ${to}`);
    },
  );

  it('use every cause there is', () => {
    const used = new Set(Object.values(workMoves).flatMap((moves) => Object.keys(moves)));
    expect([...used].sort()).toEqual([...causes].sort());
  });

  it('lead from everywhere to everywhere: no state is a trap', () => {
    for (const start of states) {
      const reached = new Set<FromState>([start]);
      for (const from of reached) for (const to of Object.values(workMoves[from]).flat()) reached.add(to);
      expect([...reached].sort()).toEqual([...states].sort());
    }
  });

  it('end an episode only by closing it', () => {
    const ways = froms.flatMap((from) => causes.filter((cause) => workMoves[from][cause]?.includes('done')));
    expect(new Set(ways)).toEqual(new Set(['closed']));
  });
});
