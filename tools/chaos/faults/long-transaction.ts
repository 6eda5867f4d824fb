import { newEvent, topics, typingChanged } from '@cordboard/events';
import type { Client } from 'pg';
import { pause } from '../../drive/wait';
import type { Fault, Outcome, Scene } from './fault';

const writers = 4;
const longestHoldMs = 100;
const roundTrips = 5;
const resumesWithinMs = 1000;
const appendText = 'select bus.append($1::text[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::boolean[], $7::text[])';

/**
 * Four more writers on the log beside those of the load, whose transactions overlap at random, and one that has written
 * and stays open. Nobody may skip an event that commits late, and nothing may stand still longer than a second after the
 * end.
 */
export const longTransaction: Fault = {
  name: '7 four log writers and a transaction that stays open',
  run: async (scene) => {
    const { operator, load, isShort } = scene;
    const outcome: Outcome = { cycles: 1, recoveryMs: 0, problems: [], notes: [] };
    const state = { isOver: false, appended: 0 };
    const clients = await Promise.all(Array.from({ length: writers + 1 }, () => operator.service('webchat')));
    const [holder, ...rest] = clients;
    if (!holder) throw new Error('There is no connection to hold a transaction open.');
    const tenantId = load.agents[0]?.me.tenants[0]?.id ?? '';
    const writing = rest.map((client, index) => keepAppending(client, scene, state, tenantId, index));
    try {
      await holder.query('set transaction_timeout = 0');
      await holder.query('set idle_in_transaction_session_timeout = 0');
      await holder.query('begin');
      await append(holder, tenantId, 'chaos-holder');
      const openedAt = performance.now();
      const holdMs = isShort ? 10_000 : 60_000;
      await pause(holdMs / 2);
      const whileOpen: number[] = [];
      for (let trip = 0; trip < roundTrips; trip++) whileOpen.push(await load.roundTrip(performance.now()));
      const horizon = await horizonSeconds(scene);
      if (horizon < 1) outcome.problems.push(`Its age does not show in /metrics (${horizon.toFixed(1)} s).`);
      await pause(openedAt + holdMs - performance.now());
      await holder.query('commit');
      outcome.recoveryMs = await load.roundTrip(performance.now());
      if (outcome.recoveryMs > resumesWithinMs)
        outcome.problems.push(`Delivery resumed only ${outcome.recoveryMs.toFixed(0)} ms after its end.`);
      outcome.notes.push(
        `open for ${holdMs / 1000} s, round trips took ${whileOpen.map((ms) => ms.toFixed(0)).join(', ')} ms meanwhile and ${outcome.recoveryMs.toFixed(0)} ms after; horizon ${horizon.toFixed(1)} s old in /metrics; ${state.appended} events by the other writers`,
      );
    } finally {
      state.isOver = true;
      await Promise.all(writing);
      await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
    }
    return outcome;
  },
};

async function keepAppending(
  client: Client,
  { random }: Scene,
  state: { isOver: boolean; appended: number },
  tenantId: string,
  index: number,
): Promise<void> {
  while (!state.isOver) {
    await client.query('begin');
    await append(client, tenantId, `chaos-${index}`);
    await pause(random() * longestHoldMs);
    await client.query('commit');
    state.appended++;
  }
}

/** An event that nobody keeps: somebody types. */
async function append(client: Client, tenantId: string, identity: string): Promise<void> {
  const event = newEvent(
    typingChanged,
    { source: 'webchat', tenantId },
    { channel: 'webchat', identity, conversationId: null, typing: true },
  );
  const isEntity = topics[typingChanged.topic].kind === 'entity';
  const { topic } = typingChanged;
  await client.query(appendText, [
    [topic],
    [tenantId],
    [event.id],
    [event.partitionkey],
    [event.type],
    [isEntity],
    [JSON.stringify(event)],
  ]);
}

/** The oldest open writer's age as /metrics tells it, in seconds. */
async function horizonSeconds({ load }: Scene): Promise<number> {
  const { text } = await load.http.get('/metrics');
  const found = text.match(/^cordboard_\w*horizon\w*_seconds(?:\{[^}]*\})? (\S+)/m);
  return Number(found?.[1] ?? 0);
}
