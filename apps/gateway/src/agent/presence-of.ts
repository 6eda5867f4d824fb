import type { AgentPresence } from '@cordboard/events';

/** Somebody routing has never seen is offline. */
export function presenceOf(personId: string, presences: readonly AgentPresence[]): AgentPresence {
  return (
    presences.find((presence) => presence.personId === personId) ?? {
      personId,
      status: 'offline',
      reason: null,
      since: new Date(0).toISOString(),
      load: 0,
      capacity: 0,
      version: 0,
    }
  );
}
