import { GraphQLError } from 'graphql';
import { measure, type Operation } from './measure';

/** The most one operation may be (OWASP API4); tokens are counted by the parser. */
export const limits = { depth: 10, aliases: 15, rootFields: 20, tokens: 1000, cost: 20_000, bodyBytes: 262_144 } as const;

/** Undefined for an operation within the limits, else what is too much and how much is allowed. */
export function refuseTooMuch(operation: Operation): GraphQLError | undefined {
  const size = measure(operation);
  for (const [what, most] of [
    ['depth', limits.depth],
    ['aliases', limits.aliases],
    ['rootFields', limits.rootFields],
    ['cost', limits.cost],
  ] as const) {
    if (size[what] <= most) continue;
    const message = `The operation is too large: ${names[what]} ${size[what]}, at most ${most}. ${advice[what]}`;
    return new GraphQLError(message, { extensions: { code: 'TOO_MUCH', limit: what, http: { status: 400 } } });
  }
  return undefined;
}

const names = { depth: 'depth', aliases: 'aliases', rootFields: 'fields at the root', cost: 'cost' };
const advice = {
  depth: 'Ask for the inner things in an operation of their own.',
  aliases: 'Split it into several operations.',
  rootFields: 'Split it into several operations.',
  cost: 'Ask for fewer items or fewer fields.',
};
