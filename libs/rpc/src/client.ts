import type { CallDefinition, InputOf, OutputOf } from './define-call';

/**
 * Asks other services. `actor` is the signed token of decision 2, null for calls made before sign-in.
 * Rejects with UserError, OperationalError (deadline, service away) or Error (unexpected).
 */
export interface RpcClient {
  call<Definition extends CallDefinition>(
    definition: Definition,
    actor: string | null,
    input: InputOf<Definition>,
    traceparent?: string,
  ): Promise<OutputOf<Definition>>;
}
