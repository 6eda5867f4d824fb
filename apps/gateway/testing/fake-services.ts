import { type Actor, type CallDefinition, type InputOf, type OutputOf, type RpcClient, UserError, verifyActor } from '@cordboard/rpc';

type Answer = (input: never, actor: Actor | null) => unknown;

/** Stands in for the services behind the gateway; answers are parsed by the contracts as in life. */
export class FakeServices implements RpcClient {
  readonly asked: { name: string; input: unknown; actor: Actor | null; traceparent: string | undefined }[] = [];
  private readonly answers = new Map<string, Answer>();

  constructor(private readonly actorKey: Uint8Array) {}

  answer<Definition extends CallDefinition>(
    call: Definition,
    answer: (input: InputOf<Definition>, actor: Actor | null) => OutputOf<Definition> | Promise<OutputOf<Definition>>,
  ): this {
    this.answers.set(call.name, answer as Answer);
    return this;
  }

  async call<Definition extends CallDefinition>(
    call: Definition,
    token: string | null,
    input: InputOf<Definition>,
    traceparent?: string,
  ): Promise<OutputOf<Definition>> {
    const actor = token === null ? null : await verifyActor(token, this.actorKey);
    const parsed = call.input.safeParse(input);
    if (!parsed.success) throw new UserError('BAD_INPUT', parsed.error.issues.map((issue) => issue.message).join('; '));
    this.asked.push({ name: call.name, input: parsed.data, actor, traceparent });
    const answer = this.answers.get(call.name);
    if (!answer) throw new Error(`Nobody answers ${call.name} in this spec.`);
    return call.output.parse(await answer(parsed.data as never, actor)) as OutputOf<Definition>;
  }

  count(call: CallDefinition): number {
    return this.asked.filter(({ name }) => name === call.name).length;
  }
}
