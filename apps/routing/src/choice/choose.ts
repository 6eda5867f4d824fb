/**
 * Who is offered what: a pure function over a snapshot. What it saw is kept with each offer, so "why this agent?" has
 * an answer, and the same snapshot always gives the same decisions.
 *
 * Items stand in line by age; one step of priority counts as `priorityStepMs` of waiting, so nobody waits for ever
 * behind the more important. Each goes to the agent idle longest (the time since work last came or they became
 * available), ties by id. An agent who declined or missed the item within `refusalMemoryMs` is passed over while
 * another is free; when nobody else is, they are asked again, at the earliest after `refusalPauseMs`.
 */
export interface Snapshot {
  /** The database's time, milliseconds since 1970; fractions are microseconds. */
  at: number;
  items: readonly WaitingItem[];
  agents: readonly FreeAgent[];
  rules: ChoiceRules;
}

export interface WaitingItem {
  tenantId: string;
  conversationId: string;
  /** The work item's version: a decision holds only while it is still this. */
  version: number;
  /** Original age: kept through refusals, transfers and re-queueing. */
  enqueuedAt: number;
  /** 0 is ordinary, higher is served as if it had waited longer. */
  priority: number;
  refusals: readonly Refusal[];
}

/** Who let the item pass and when; handing it back to the queue counts too. */
export interface Refusal {
  agentId: string;
  at: number;
  how: 'declined' | 'expired' | 'transferred';
}

/** An agent who is there, available and has room. */
export interface FreeAgent {
  personId: string;
  tenants: readonly string[];
  load: number;
  capacity: number;
  idleSince: number;
}

export interface ChoiceRules {
  priorityStepMs: number;
  refusalMemoryMs: number;
  refusalPauseMs: number;
}

export interface Decision {
  tenantId: string;
  conversationId: string;
  version: number;
  agentId: string;
  reason: 'longest_idle' | 'only_one_free' | 'nobody_else';
  /** What this decision was made from: `choose` of it gives the same decision. */
  inputs: Snapshot;
}

/** Where an item stands in line: the smaller, the sooner. */
export const rankOf = (item: Pick<WaitingItem, 'enqueuedAt' | 'priority'>, rules: ChoiceRules) =>
  item.enqueuedAt - item.priority * rules.priorityStepMs;

export function choose({ at, items, agents, rules }: Snapshot): Decision[] {
  const free = agents.map((agent) => ({ ...agent }));
  const decisions: Decision[] = [];
  for (const item of [...items].sort(byRank(rules))) {
    const candidates = free.filter((agent) => agent.load < agent.capacity && agent.tenants.includes(item.tenantId)).sort(byIdleness);
    const { chosen, reason } = pick(item, candidates, at, rules);
    if (!chosen) continue;
    const { tenantId, conversationId, version } = item;
    const inputs: Snapshot = { at, items: [item], agents: candidates.map((agent) => ({ ...agent })), rules };
    decisions.push({ tenantId, conversationId, version, agentId: chosen.personId, reason, inputs });
    chosen.load += 1;
    chosen.idleSince = at + decisions.length / 1000;
  }
  return decisions;
}

function pick(item: WaitingItem, candidates: readonly FreeAgent[], at: number, rules: ChoiceRules) {
  const refusedAt = (agent: FreeAgent) =>
    Math.max(...item.refusals.filter((r) => r.agentId === agent.personId).map((r) => r.at), -Infinity);
  const fresh = candidates.find((agent) => refusedAt(agent) <= at - rules.refusalMemoryMs);
  if (fresh) return { chosen: fresh, reason: candidates.length === 1 ? ('only_one_free' as const) : ('longest_idle' as const) };
  return { chosen: candidates.find((agent) => refusedAt(agent) <= at - rules.refusalPauseMs), reason: 'nobody_else' as const };
}

const byRank = (rules: ChoiceRules) => (a: WaitingItem, b: WaitingItem) =>
  rankOf(a, rules) - rankOf(b, rules) || compare(a.conversationId, b.conversationId);

const byIdleness = (a: FreeAgent, b: FreeAgent) => a.idleSince - b.idleSince || compare(a.personId, b.personId);

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
