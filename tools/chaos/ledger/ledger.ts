import { type ChildProcess, fork } from 'node:child_process';
import type { Acknowledged } from './judge';
import type { Audit, FromLedger, ToLedger } from './messages';

/** The driver's end of the ledger: tells it what was acknowledged and asks it to look. */
export class Ledger {
  private constructor(private readonly child: ChildProcess) {}

  /** `program` is this tool's own bundle, which becomes the ledger when told so. Rejects when the ledger overlooks a planted fault. */
  static async start(program: string, port: number): Promise<Ledger> {
    const ledger = new Ledger(fork(program, ['ledger', String(port)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
    const answered = ledger.answer('self-tested', 10_000);
    ledger.tell({ type: 'self-test' });
    const { wrong } = await answered;
    if (wrong.length > 0) {
      ledger.stop();
      throw new Error(`The ledger cannot be trusted: ${wrong.join('; ')}.`);
    }
    return ledger;
  }

  acknowledged(message: Acknowledged): void {
    this.tell({ type: 'acknowledged', message });
  }

  visitor(lane: number, tenant: string, token: string): void {
    this.tell({ type: 'visitor', lane, tenant, token });
  }

  conversation(lane: number, { tenantId, id }: { tenantId: string; id: string }): void {
    this.tell({ type: 'conversation', lane, tenantId, id });
  }

  async audit(phase: number, withinMs: number): Promise<Audit> {
    const answered = this.answer('audited', withinMs + 60_000);
    this.tell({ type: 'audit', phase, withinMs });
    return (await answered).audit;
  }

  stop(): void {
    if (this.child.connected) this.child.disconnect();
  }

  private tell(message: ToLedger): void {
    if (this.child.connected) this.child.send(message);
  }

  private answer<Type extends FromLedger['type']>(type: Type, withinMs: number): Promise<Extract<FromLedger, { type: Type }>> {
    return new Promise((answered, failed) => {
      const end = (act: () => void) => {
        clearTimeout(timer);
        this.child.off('message', hear).off('exit', gone);
        act();
      };
      const hear = (message: FromLedger) => {
        if (message.type === type) end(() => answered(message as Extract<FromLedger, { type: Type }>));
      };
      const gone = () => end(() => failed(new Error('The ledger ended before it answered.')));
      const timer = setTimeout(() => end(() => failed(new Error(`The ledger did not answer within ${withinMs} ms.`))), withinMs);
      this.child.on('message', hear).on('exit', gone);
    });
  }
}
