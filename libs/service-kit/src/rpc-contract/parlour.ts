import { defineCall, OperationalError, UserError } from '@cordboard/rpc';
import { Controller } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type CustomTransportStrategy, EventPattern } from '@nestjs/microservices';
import { z } from 'zod';
import { Answers, AnswersAnyone, type Call, type OpenCall } from '../answers';
import { RethrowFilter } from '../rethrow.filter';

const text = z.object({ text: z.string() });

/** Calls of a service that exists for the specs of the transports. */
export const parlourCalls = {
  greet: defineCall({
    name: 'parlour.greet',
    input: z.object({ name: z.string().min(1), greeting: z.string().default('Good day') }),
    output: z.object({ text: z.string(), personId: z.string(), traceparent: z.string().nullable() }),
  }),
  knock: defineCall({ name: 'parlour.knock', input: z.object({}), output: z.object({ at: z.string() }) }),
  refuse: defineCall({ name: 'parlour.refuse', input: z.object({ kind: z.enum(['user', 'operational', 'unexpected']) }), output: text }),
  mumble: defineCall({ name: 'parlour.mumble', input: z.object({}), output: text }),
  /** Answers when it is let go. */
  wait: defineCall({ name: 'parlour.wait', input: z.object({}), output: text }),
  waitBriefly: defineCall({ name: 'parlour.waitBriefly', input: z.object({}), output: text, deadlineMs: 200 }),
  recite: defineCall({ name: 'parlour.recite', input: z.object({ length: z.number(), lesson: z.string().default('') }), output: text }),
  overhear: defineCall({ name: 'parlour.overhear', input: z.object({}), output: z.object({}) }),
  nobody: defineCall({ name: 'parlour.nobody', input: z.object({}), output: z.object({}) }),
};

/** A service behind a transport, with a hand on the calls that wait. */
export class Parlour {
  /** Calls that are waiting. */
  waiting = 0;
  private readonly gate = new EventTarget();

  constructor(readonly name = 'the parlour') {}

  letGo(): void {
    this.gate.dispatchEvent(new Event('open'));
  }

  async wait(): Promise<{ text: string }> {
    this.waiting += 1;
    await new Promise((resolve) => this.gate.addEventListener('open', resolve, { once: true }));
    this.waiting -= 1;
    return { text: 'at last' };
  }

  /** Resolves to what stops it. */
  async open(strategy: CustomTransportStrategy): Promise<() => Promise<void>> {
    class Module {}
    const providers = [{ provide: Parlour, useValue: this }];
    const root = { module: Module, controllers: [ParlourController], providers };
    const app = await NestFactory.createMicroservice(root, { strategy, logger: false });
    app.useGlobalFilters(new RethrowFilter());
    await app.listen();
    return () => app.close();
  }
}

@Controller()
class ParlourController {
  constructor(private readonly parlour: Parlour) {}

  @Answers(parlourCalls.greet)
  greet({ actor, input, traceparent }: Call<typeof parlourCalls.greet>) {
    return { text: `${input.greeting}, ${input.name}`, personId: actor.personId, traceparent: traceparent ?? null };
  }

  @AnswersAnyone(parlourCalls.knock)
  async knock() {
    return { at: this.parlour.name };
  }

  @AnswersAnyone(parlourCalls.refuse)
  async refuse({ input }: OpenCall<typeof parlourCalls.refuse>) {
    if (input.kind === 'user') throw new UserError('TOO_LATE', 'It is too late. Come tomorrow.', { opensAt: 9 });
    if (input.kind === 'operational') throw new OperationalError('CROWDED', 'Everybody is here.', 250);
    throw new Error('The key of the parlour is 1234.');
  }

  @AnswersAnyone(parlourCalls.mumble)
  mumble() {
    return { words: 'not what was promised' };
  }

  @AnswersAnyone(parlourCalls.wait)
  wait() {
    return this.parlour.wait();
  }

  @AnswersAnyone(parlourCalls.waitBriefly)
  waitBriefly() {
    return this.parlour.wait();
  }

  @AnswersAnyone(parlourCalls.recite)
  recite({ input }: OpenCall<typeof parlourCalls.recite>) {
    return { text: 'ы'.repeat(input.length) };
  }

  @EventPattern(parlourCalls.overhear.name)
  overhear() {
    return {};
  }
}
