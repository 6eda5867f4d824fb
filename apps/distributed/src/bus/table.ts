/** Rows under a heading, columns as wide as they must be; numbers stand to the right. */
export function table(heading: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const widths = heading.map((name, column) => Math.max(name.length, ...rows.map((row) => String(row[column] ?? '').length)));
  const isRight = heading.map((_, column) => rows.every((row) => /^(\d+|[–?]|[\d.]+ (ms|s|min|h|d))$/.test(String(row[column] ?? ''))));
  const line = (cells: readonly (string | number)[]) =>
    cells
      .map((cell, column) => (isRight[column] ? String(cell).padStart(widths[column] ?? 0) : String(cell).padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return [heading, ...rows].map(line).join('\n');
}

const units = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
] as const;

/** `2.5 h`; a dash for nothing, a question mark for what is not known. */
export function duration(ms: number): string {
  if (Number.isNaN(ms)) return '?';
  if (ms < 1) return '–';
  const [size, unit] = units.find(([least]) => ms >= least) ?? [1, 'ms'];
  return `${(ms / size).toFixed(ms / size < 10 && unit !== 'ms' ? 1 : 0)} ${unit}`;
}
