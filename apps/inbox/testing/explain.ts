import type { Statement, Tx } from '@cordboard/persistence';

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  'Shared Hit Blocks'?: number;
  'Shared Read Blocks'?: number;
  Plans?: PlanNode[];
}

/** How PostgreSQL carries out a statement, as the role of the transaction and under its policies. */
export interface Plan {
  /** `entry by entry_pkey` for each scan of a table. */
  scans: string[];
  /** Index conditions, by index. */
  conditions: Record<string, string>;
  /** Pages touched; 0 when the statement was only planned. */
  blocks: number;
}

/** The plan for any values, the one a prepared statement keeps. Carries nothing out. */
export async function planOf(tx: Tx, { text }: Statement): Promise<Plan> {
  const rows = await tx.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(`explain (generic_plan, format json) ${text}`);
  return summary(rows[0]?.['QUERY PLAN'][0].Plan);
}

/** Prepares the statement, carries it out and says what it touched. */
export async function analyse(tx: Tx, { text, values = [] }: Statement): Promise<Plan> {
  await tx.execute(`prepare looked_at as ${text}`);
  const literals = values.map(literal).join(', ');
  const rows = await tx.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
    `explain (analyze, buffers, format json) execute looked_at${values.length > 0 ? `(${literals})` : ''}`,
  );
  await tx.execute('deallocate looked_at');
  return summary(rows[0]?.['QUERY PLAN'][0].Plan);
}

function literal(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'number') return String(value);
  const text = Array.isArray(value) ? `{${value.join(',')}}` : String(value);
  return `'${text.replaceAll("'", "''")}'`;
}

function summary(root: PlanNode | undefined): Plan {
  if (!root) throw new Error('PostgreSQL did not explain the statement.');
  const plan: Plan = { scans: [], conditions: {}, blocks: (root['Shared Hit Blocks'] ?? 0) + (root['Shared Read Blocks'] ?? 0) };
  const visit = (node: PlanNode) => {
    const relation = node['Relation Name'];
    if (relation && node['Node Type'].includes('Scan')) plan.scans.push(`${relation} by ${node['Index Name'] ?? node['Node Type']}`);
    if (node['Index Name'] && node['Index Cond']) plan.conditions[node['Index Name']] = node['Index Cond'];
    for (const child of node.Plans ?? []) visit(child);
  };
  visit(root);
  return plan;
}
