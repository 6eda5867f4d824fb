import type { z } from 'zod';

/** A question or command one service answers; the answer is typed, timed and checked on both sides. */
export interface CallDefinition<Name extends string = string, Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  /** `<service>.<verb><Noun>`, the message pattern on the wire. */
  name: Name;
  input: Input;
  output: Output;
  /** The caller gives up after this many milliseconds. */
  deadlineMs: number;
}

export type InputOf<Definition> = Definition extends CallDefinition<string, infer Input, z.ZodType> ? z.input<Input> : never;
/** What the answering side gets: the parsed input. */
export type ParsedInputOf<Definition> = Definition extends CallDefinition<string, infer Input, z.ZodType> ? z.output<Input> : never;
export type OutputOf<Definition> = Definition extends CallDefinition<string, z.ZodType, infer Output> ? z.output<Output> : never;

export function defineCall<const Name extends string, Input extends z.ZodType, Output extends z.ZodType>(
  definition: Omit<CallDefinition<Name, Input, Output>, 'deadlineMs'> & { deadlineMs?: number },
): CallDefinition<Name, Input, Output> {
  return { deadlineMs: 3000, ...definition };
}
