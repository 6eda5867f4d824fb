/** Names of the tables that a file puts above tenants. */
export function operatorTables(text: string): string[] {
  return [...text.matchAll(/\boperatorTable\([^,()]+,\s*['"`](\w+)['"`]\s*\)/g)].flatMap((match) => match[1] ?? []);
}

/** Offences of one list: no list, a reason that is none, a table it forgets, a table that is not there. */
export function exceptionOffences(part: string, list: unknown, tables: readonly string[]): string[] {
  const file = `${part}/src/rls-exceptions.ts`;
  if (list === undefined) return tables.length > 0 ? [`${file} is missing, but ${tables.join(', ')} stand above tenants`] : [];
  if (typeof list !== 'object' || list === null) return [`${file} must export rlsExceptions: Record<table, reason>`];
  // A table may stand with its schema or without.
  const entries = Object.entries(list as Record<string, unknown>).map(([table, reason]) => [table.replace(/^\w+\./, ''), reason] as const);
  const listed = new Set(entries.map(([table]) => table));
  return [
    ...entries
      .filter(([, reason]) => !isSentence(reason))
      .map(([table]) => `${file}: ${table} has no reason; say in a sentence why it is above tenants`),
    ...tables.filter((table) => !listed.has(table)).map((table) => `${file} forgets ${table}, which a migration puts above tenants`),
    ...entries
      .filter(([table]) => !tables.includes(table))
      .map(([table]) => `${file} excuses ${table}, which no migration puts above tenants with operatorTable`),
  ];
}

const isSentence = (reason: unknown) => typeof reason === 'string' && /^\p{Lu}.{20,}\.$/u.test(reason);
