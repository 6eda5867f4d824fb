import { UserError } from '@cordboard/rpc';

type Refuse = (error: UserError) => object | Promise<object>;

/** Who may not do a thing at all is told by an error, as everywhere; a refusal is about the thing. */
const errorsForAll = new Set(['NOT_SIGNED_IN', 'NOT_ALLOWED']);

/** Turns the expected errors of a mutation into members of its result union; `other` takes the codes not named. */
export async function orRefusal<Payload extends object>(
  work: Promise<Payload>,
  refusals: Record<string, Refuse> & { other?: Refuse },
): Promise<Payload | object> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof UserError) || errorsForAll.has(error.code)) throw error;
    const refuse = (error.code === 'other' ? undefined : refusals[error.code]) ?? refusals.other;
    if (!refuse) throw error;
    return refuse(error);
  }
}

export const inputRefused: Refuse = (error) => ({ __typename: 'InputRefused', code: error.code, message: error.message });

/** A text among the error's details, null where it is none. */
export function detail(error: UserError, name: string): string | null {
  const value = error.details[name];
  return typeof value === 'string' ? value : null;
}
