import type { Head } from './heads';

export interface ScopeChange {
  channel: string;
  left: boolean;
}

export const mineOf = (personId: string) => `mine:${personId}`;

const isWaiting = (head: Head) => head.state === 'open' && (head.workState === 'queued' || head.workState === 'offered');
const ownerOf = (head: Head) => (head.state === 'open' && head.workState === 'active' ? head.assigneeId : null);

/**
 * Which scopes hear of a change, and whether the conversation has left them. `before` is what it was: null when it
 * has just opened, undefined when this gateway has not seen it yet; then every scope it is not in is told that it
 * has left, for it may have been there before the gateway started.
 */
export function scopeChanges(now: Head, before: Head | null | undefined, mineChannels: () => string[]): ScopeChange[] {
  const owner = ownerOf(now);
  const owned = owner === null ? [] : [mineOf(owner)];
  const changes: ScopeChange[] = [{ channel: 'all', left: false }, ...owned.map((channel) => ({ channel, left: false }))];
  if (isWaiting(now)) changes.push({ channel: 'waiting', left: false });
  else if (before === undefined || (before && isWaiting(before))) changes.push({ channel: 'waiting', left: true });
  const lost = before === undefined ? mineChannels() : lostBy(before);
  changes.push(...lost.filter((channel) => !owned.includes(channel)).map((channel) => ({ channel, left: true })));
  return changes;
}

function lostBy(before: Head | null): string[] {
  const owner = before && ownerOf(before);
  return owner ? [mineOf(owner)] : [];
}
