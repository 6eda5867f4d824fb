import 'reflect-metadata';
import { z } from 'zod';

/** One variable of a service's configuration, as docs and .env.example print it. */
export interface EnvField {
  property: string;
  variable: string;
  schema: z.ZodType;
  doc: string;
}

const fieldsOf = new WeakMap<object, EnvField[]>();

/**
 * Marks a field of a config class: its variable, its type and one line on what it does; the initial value is the
 * default. Units stand in the name: `OFFER_TIMEOUT_MS`.
 */
export function Env(variable: string, schema: z.ZodType, doc: string): PropertyDecorator {
  return (target, property) => {
    const fields = fieldsOf.get(target) ?? [];
    fields.push({ property: String(property), variable, schema, doc });
    fieldsOf.set(target, fields);
  };
}

/** Types of values as they stand in the environment. */
export const env = {
  int: (min: number, max: number) => z.coerce.number().int().min(min).max(max),
  text: () => z.string().min(1),
  url: () => z.url(),
  flag: () => z.enum(['true', 'false']).transform((value) => value === 'true'),
};

export type ConfigClass<Config extends object = object> = new () => Config;

/** A variable has a value the service cannot work with; the text names it and says what is wrong. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigError';
  }
}

export function envFields(config: ConfigClass): EnvField[] {
  const fields: EnvField[] = [];
  for (let prototype = config.prototype as object | null; prototype; prototype = Object.getPrototypeOf(prototype)) {
    fields.unshift(...(fieldsOf.get(prototype) ?? []));
  }
  return fields;
}

/** Reads a config class from the environment. Throws ConfigError naming every wrong variable. */
export function loadConfig<Config extends object>(config: ConfigClass<Config>, environment: Record<string, string | undefined>): Config {
  const instance = new config();
  const wrong: string[] = [];
  for (const field of envFields(config)) {
    const value = environment[field.variable];
    if (value === undefined || value === '') continue;
    const parsed = field.schema.safeParse(value);
    if (parsed.success) Object.assign(instance, { [field.property]: parsed.data });
    else wrong.push(`${field.variable}: ${parsed.error.issues.map((issue) => issue.message).join('; ')} (it is ${JSON.stringify(value)})`);
  }
  if (wrong.length > 0) throw new ConfigError(wrong.join('\n'));
  return instance;
}
