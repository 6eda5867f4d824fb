import { readMarker } from '../../bench/marker';
import { AgentClient } from '../../drive/agent-client';
import { HttpClient } from '../../drive/http-client';
import { pause } from '../../drive/wait';
import { type Acknowledged, type Finding, judge, type Shown, type Views } from './judge';
import type { Audit, FromLedger, ToLedger } from './messages';
import { readThread } from './read-thread';
import { madeUpConversation, selfTest } from './self-test';

const readAtOnce = 4;
const againAfterMs = 500;
const notesKept = 12;

interface LaneRecord {
  acknowledged: Acknowledged[];
  visitor?: { tenant: string; token: string };
  conversations: { tenantId: string; id: string }[];
}

/**
 * The ledger's own process. It is told what was acknowledged and where to look, and looks for itself: as each visitor after a
 * reload and as an agent who has just signed in. It never sees the database. An audit looks again until nothing is missing or its time is up,
 * for what was acknowledged may still be on its way; a copy or a wrong order counts whenever it is seen.
 */
export class LedgerProcess {
  private readonly lanes = new Map<number, LaneRecord>();
  private readonly http: HttpClient;
  private testedOnRealViews = false;

  constructor(private readonly port: number) {
    this.http = new HttpClient(port);
  }

  listen(): void {
    process.on('message', (message: ToLedger) => void this.handle(message));
    process.on('disconnect', () => process.exit(0));
  }

  private async handle(message: ToLedger): Promise<void> {
    if (message.type === 'acknowledged') this.lane(message.message.lane).acknowledged.push(message.message);
    else if (message.type === 'visitor') this.lane(message.lane).visitor = { tenant: message.tenant, token: message.token };
    else if (message.type === 'conversation') this.noteConversation(message.lane, { tenantId: message.tenantId, id: message.id });
    else if (message.type === 'self-test') {
      const { acknowledged, views } = madeUpConversation(90);
      answer({ type: 'self-tested', wrong: selfTest(0, acknowledged, views) });
    } else answer({ type: 'audited', audit: await this.audit(message.phase, message.withinMs) });
  }

  private async audit(phase: number, withinMs: number): Promise<Audit> {
    const deadline = performance.now() + withinMs;
    for (;;) {
      const findings = await this.look(phase).catch((error: Error): Finding[] => [
        { kind: 'L', phase, text: `could not look: ${error.message}` },
      ]);
      const own = findings.filter((finding) => finding.phase === phase);
      const lossOnly = own.every(({ kind }) => kind === 'L');
      if (own.length > 0 && lossOnly && performance.now() < deadline) {
        await pause(againAfterMs);
        continue;
      }
      const messages = [...this.lanes.values()].flatMap((lane) => lane.acknowledged).filter((message) => message.phase === phase).length;
      const count = (kind: Finding['kind']) => own.filter((finding) => finding.kind === kind).length;
      return {
        messages,
        L: count('L'),
        D: count('D'),
        O: count('O'),
        notes: own.slice(0, notesKept).map(({ kind, text }) => `${kind}: ${text}`),
      };
    }
  }

  private async look(phase: number): Promise<Finding[]> {
    const agent = new AgentClient(this.http, this.port, 'bench-001@demo.cordboard.example', {}, '10.9.0.2');
    await agent.signIn('cordboard-demo');
    const findings: Finding[] = [];
    const waiting = [...this.lanes];
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [lane, record] = next;
        const views = await this.view(agent, record);
        findings.push(...judge(lane, record.acknowledged, views, phase), ...this.testOnce(lane, record, views, phase));
      }
    };
    await Promise.all(Array.from({ length: readAtOnce }, work));
    return findings;
  }

  /** Once a run the self-test is repeated on a real conversation, as it was really shown. */
  private testOnce(lane: number, { acknowledged }: LaneRecord, views: Views, phase: number): Finding[] {
    const isWhole = judge(lane, acknowledged, views, phase).length === 0 && acknowledged.length === views.visitor.length;
    if (this.testedOnRealViews || !isWhole || acknowledged.length < 8) return [];
    this.testedOnRealViews = true;
    return selfTest(lane, acknowledged, views).map((text) => ({ kind: 'O', phase, text: `the ledger is blind: ${text}` }));
  }

  private async view(agent: AgentClient, { visitor, conversations }: LaneRecord): Promise<Views> {
    const thread = visitor ? await readThread({ port: this.port, ...visitor }) : [];
    const timelines = await Promise.all(conversations.map(({ tenantId, id }) => agent.timeline(tenantId, id)));
    return {
      visitor: thread.flatMap(({ text }) => shownOf(text)),
      agent: timelines.flat().flatMap(({ text }) => shownOf(text)),
      gaps: Math.max(0, (thread.at(-1)?.n ?? 0) - thread.length),
    };
  }

  private noteConversation(lane: number, conversation: { tenantId: string; id: string }): void {
    const { conversations } = this.lane(lane);
    if (!conversations.some(({ id }) => id === conversation.id)) conversations.push(conversation);
  }

  private lane(number: number): LaneRecord {
    const record = this.lanes.get(number) ?? { acknowledged: [], conversations: [] };
    this.lanes.set(number, record);
    return record;
  }
}

function shownOf(text: string): Shown[] {
  const mark = readMarker(text);
  return mark ? [{ writer: mark.direction, phase: mark.step, seq: mark.seq }] : [];
}

function answer(message: FromLedger): void {
  process.send?.(message);
}
