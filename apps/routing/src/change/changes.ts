import { Database, once, type Tx } from '@cordboard/persistence';
import type { CallDefinition } from '@cordboard/rpc';
import type { Call } from '@cordboard/service-kit';
import { Injectable } from '@nestjs/common';
import { RoutingConfig } from '../routing.config';
import { Change } from './change';
import { CycleSignal } from './cycle-signal';

type Work<Result> = (change: Change) => Promise<Result>;
type CommandInput = { clientId: string };

/** Opens routing's transactions. A change that told anything wakes the router once it has committed. */
@Injectable()
export class Changes {
  constructor(
    private readonly database: Database,
    private readonly signal: CycleSignal,
    private readonly config: RoutingConfig,
  ) {}

  tenant<Result>(tenantId: string, work: Work<Result>): Promise<Result> {
    return this.database.tenant(tenantId, (tx) => this.within(tx, undefined, work));
  }

  batch<Result>(tenantIds: readonly string[], work: Work<Result>): Promise<Result> {
    return this.database.batch(tenantIds, (tx) => this.within(tx, undefined, work));
  }

  /** A change inside a transaction somebody else opened: the bus's or the timers'. */
  async within<Result>(tx: Tx, traceparent: string | undefined, work: Work<Result>): Promise<Result> {
    const change = new Change(tx, this.config, traceparent);
    const result = await work(change);
    change.finish();
    if (tx.published.length > 0) tx.onCommitted(() => this.signal.call());
    return result;
  }

  /** A person's command, done once per client id. `scopeId` is the tenant, or the operator for what stands above tenants. */
  command<Definition extends CallDefinition, Result>(
    definition: Definition,
    call: Call<Definition> & { input: CommandInput },
    scopeId: string,
    work: Work<Result>,
  ): Promise<Result> {
    const { actor, input, traceparent } = call;
    const command = { tenantId: scopeId, personId: actor.personId, clientId: input.clientId, name: definition.name };
    return this.database.tenant(scopeId, (tx) => this.within(tx, traceparent, (change) => once(tx, command, () => work(change))));
  }
}
