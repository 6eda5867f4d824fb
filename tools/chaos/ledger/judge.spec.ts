import { type Acknowledged, judge, type Shown, type Views } from './judge';

const message = (writer: 'in' | 'back', seq: number): Shown => ({ writer, seq, phase: 1 });
const acknowledged = ({ writer, seq }: Shown, after = -1): Acknowledged => ({ lane: 5, writer, seq, after, phase: 1 });
const talk = [message('in', 0), message('back', 0), message('in', 1), message('back', 1), message('in', 2)];
const all = talk.map((each) => acknowledged(each));
const views = (change: Partial<Views> = {}): Views => ({ visitor: talk, agent: talk, gaps: 0, ...change });
const kinds = (acks: readonly Acknowledged[], seen: Views) => judge(5, acks, seen, 9).map(({ kind }) => kind);

describe('judge', () => {
  it('finds nothing in a whole conversation, however the two sides’ messages interleave', () => {
    expect(kinds(all, views())).toEqual([]);
    expect(kinds(all, views({ agent: [talk[0], talk[2], talk[1], talk[3], talk[4]].flatMap((each) => each ?? []) }))).toEqual([]);
  });

  it.each(['visitor', 'agent'] as const)('finds a loss, a copy and a swap in what the %s is shown', (side) => {
    expect(kinds(all, views({ [side]: talk.filter((_, index) => index !== 2) }))).toEqual(['L']);
    expect(kinds(all, views({ [side]: [...talk, message('back', 1)] }))).toEqual(['D']);
    expect(
      kinds(all, views({ [side]: [message('in', 1), message('back', 0), message('in', 0), message('back', 1), message('in', 2)] })),
    ).toEqual(['O']);
  });

  it('does not miss what was never acknowledged, and finds its copy all the same', () => {
    expect(kinds(all.slice(0, 4), views({ visitor: talk.slice(0, 4) }))).toEqual([]);
    expect(kinds([], views({ visitor: [message('in', 0), message('in', 0)] }))).toEqual(['D']);
  });

  it('finds an answer that stands before what it answers', () => {
    const answer = acknowledged(message('back', 0), 0);
    expect(kinds([answer], views())).toEqual([]);
    expect(kinds([answer], views({ agent: [message('back', 0), message('in', 0)] }))).toEqual(['O']);
  });

  it('counts missing numbers as a loss of the phase they were found in', () => {
    expect(judge(5, all, views({ gaps: 2 }), 9)).toEqual([expect.objectContaining({ kind: 'L', phase: 9 })]);
  });
});
