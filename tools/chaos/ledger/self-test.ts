import { type Acknowledged, type Finding, judge, type Shown, type Views } from './judge';

const plants: { what: string; kind: Finding['kind']; plant: (shown: Shown[]) => Shown[] }[] = [
  { what: 'loss', kind: 'L', plant: (shown) => shown.filter((_, index) => index !== middle(shown)) },
  { what: 'copy', kind: 'D', plant: (shown) => shown.toSpliced(middle(shown) + 1, 0, ...shown.slice(middle(shown), middle(shown) + 1)) },
  { what: 'swap', kind: 'O', plant: swapped },
];

const middle = (shown: readonly Shown[]) => shown.length >> 1;

/** Exchanges the two messages in the middle that one writer wrote one after the other. */
function swapped(shown: Shown[]): Shown[] {
  const writer = shown[middle(shown)]?.writer;
  const places = shown.flatMap((message, index) => (message.writer === writer ? [index] : []));
  const at = places.findIndex((place) => place >= middle(shown));
  const [first, second] = at > 0 ? [places[at - 1], places[at]] : [places[0], places[1]];
  if (first === undefined || second === undefined) return shown;
  return shown.map((message, index) => (index === first ? shown[second] : index === second ? shown[first] : message) ?? message);
}

/**
 * Plants a loss, a copy and a swap into what each side is shown and wants each to be found, once and as what it is; and wants nothing to be
 * found without them. Gives what the ledger failed to see; nothing when it can be trusted.
 */
export function selfTest(lane: number, acknowledged: readonly Acknowledged[], views: Views): string[] {
  const wrong: string[] = [];
  const clean = judge(lane, acknowledged, views, 0);
  if (clean.length > 0) wrong.push(`found ${clean.length} faults where none was planted: ${clean[0]?.text}`);
  for (const side of ['visitor', 'agent'] as const) {
    for (const { what, kind, plant } of plants) {
      const found = judge(lane, acknowledged.map(withoutCause), { ...views, [side]: plant([...views[side]]) }, 0).map(
        (finding) => finding.kind,
      );
      if (found.join() !== kind) wrong.push(`a ${what} planted for the ${side} was reported as ${found.join() || 'nothing'}`);
    }
  }
  return wrong;
}

/** A swap may also put an answer before its question: that is the same fault seen twice, here it shall count once. */
const withoutCause = (message: Acknowledged): Acknowledged => ({ ...message, after: -1 });

/** A made-up conversation of some length for the test before a run. */
export function madeUpConversation(length: number): { acknowledged: Acknowledged[]; views: Views } {
  const shown = Array.from({ length }, (_, index): Shown => ({ writer: index % 3 === 2 ? 'back' : 'in', phase: 1, seq: 0 }));
  const next = { in: 0, back: 0 };
  for (const message of shown) message.seq = next[message.writer]++;
  const acknowledged = shown.map(({ writer, seq, phase }) => ({
    lane: 0,
    writer,
    phase,
    seq,
    after: writer === 'back' ? 2 * seq + 1 : Math.floor(seq / 2) - 1,
  }));
  return { acknowledged, views: { visitor: shown, agent: shown, gaps: 0 } };
}
