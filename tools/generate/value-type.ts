import { z } from 'zod';

/** What a variable may hold, in words: `a whole number from 1 to 65535`. */
export function valueType(schema: z.ZodType): string {
  // A transformed value is described by what is written, a coerced one by what it becomes.
  const io = schema._zod.def.type === 'pipe' ? 'input' : 'output';
  const { type, minimum, maximum, enum: choices, format, description } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  if (description) return description;
  if (choices) return choices.map((choice) => `\`${String(choice)}\``).join(', ');
  if (type === 'integer' || type === 'number') return `a ${type === 'integer' ? 'whole ' : ''}number${range(minimum, maximum)}`;
  if (format === 'uri') return 'an address';
  return 'text';
}

function range(minimum: number | undefined, maximum: number | undefined): string {
  const least = minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? '' : ` from ${minimum}`;
  return maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? least : `${least} to ${maximum}`;
}
