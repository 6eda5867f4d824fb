import type { CallDefinition, InputOf, OutputOf, RpcClient } from '@cordboard/rpc';
import { RPC_CLIENT } from '@cordboard/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { ActorTokens } from './actor-tokens';
import type { OnBehalf } from './session';

/** Asks the services behind the gateway on somebody's behalf. */
@Injectable()
export class Services {
  constructor(
    @Inject(RPC_CLIENT) private readonly rpc: RpcClient,
    private readonly tokens: ActorTokens,
  ) {}

  async ask<Definition extends CallDefinition>(on: OnBehalf, call: Definition, input: InputOf<Definition>): Promise<OutputOf<Definition>> {
    const token = on.session ? await this.tokens.of(on.session.actor) : null;
    return this.rpc.call(call, token, input, on.traceparent);
  }
}
