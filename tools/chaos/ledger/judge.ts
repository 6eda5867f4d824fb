/** Who wrote: the visitor (`in`) or an agent (`back`). */
export type Writer = 'in' | 'back';

/** A message somebody was told is kept. `seq` counts a writer's messages in one lane from 0, through all phases. */
export interface Acknowledged {
  lane: number;
  writer: Writer;
  phase: number;
  seq: number;
  /** Last message of the other side its writer had seen by then; −1 for none. */
  after: number;
}

/** A message as one side is shown it. */
export interface Shown {
  writer: Writer;
  phase: number;
  seq: number;
}

/** One lane as the visitor sees it after a reload, and as an agent does who never saw it before, each from top to bottom. */
export interface Views {
  visitor: Shown[];
  agent: Shown[];
  /** Numbers missing from the visitor's thread, which has no gaps. */
  gaps: number;
}

export interface Finding {
  kind: 'L' | 'D' | 'O';
  phase: number;
  text: string;
}

const name = (lane: number, { writer, seq }: { writer: Writer; seq: number }) => `${writer}.${lane}.${seq}`;

/**
 * Holds what was acknowledged in one lane against what both sides are shown. L: acknowledged and missing from a view. D: more than
 * once in a view, acknowledged or not. O: before an earlier message of the same writer, or before a message of the other
 * side that its writer had already seen. `phase` is where findings without a message of their own are counted.
 */
export function judge(lane: number, acknowledged: readonly Acknowledged[], views: Views, phase: number): Finding[] {
  const findings = [
    ...judgeView(lane, 'the visitor', acknowledged, views.visitor),
    ...judgeView(lane, 'the agent', acknowledged, views.agent),
  ];
  if (views.gaps > 0)
    findings.push({ kind: 'L', phase, text: `${views.gaps} numbers are missing from the visitor’s thread of lane ${lane}` });
  return findings;
}

function judgeView(lane: number, viewer: string, acknowledged: readonly Acknowledged[], shown: readonly Shown[]): Finding[] {
  const findings: Finding[] = [];
  const places = new Map<string, number>();
  const newest: Record<Writer, number> = { in: -1, back: -1 };
  for (const [place, message] of shown.entries()) {
    const id = name(lane, message);
    const found = (kind: Finding['kind'], text: string) =>
      findings.push({ kind, phase: message.phase, text: `${id} ${text} to ${viewer}` });
    if (places.has(id)) {
      found('D', 'is shown again');
      continue;
    }
    places.set(id, place);
    if (message.seq < newest[message.writer]) found('O', `is shown behind ${message.writer}.${lane}.${newest[message.writer]}`);
    newest[message.writer] = Math.max(newest[message.writer], message.seq);
  }
  for (const message of acknowledged) {
    const place = places.get(name(lane, message));
    if (place === undefined) {
      findings.push({ kind: 'L', phase: message.phase, text: `${name(lane, message)} was acknowledged and is not shown to ${viewer}` });
      continue;
    }
    const cause = { writer: message.writer === 'in' ? 'back' : 'in', seq: message.after } as const;
    const causePlace = places.get(name(lane, cause));
    if (causePlace !== undefined && causePlace > place) {
      findings.push({
        kind: 'O',
        phase: message.phase,
        text: `${name(lane, message)} is shown to ${viewer} before ${name(lane, cause)}, which it answers`,
      });
    }
  }
  return findings;
}
