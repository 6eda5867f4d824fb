import type { AgentClient } from '../../drive/agent-client';
import { until } from '../../drive/wait';
import type { DistributedHouse } from '../shapes/house';
import { cycles, type Fault, type Scene } from './fault';

const settlesWithinMs = 30_000;
const onlookers = { short: 5, full: 14 };

/** Every agent's socket breaks in the same moment and comes back at once: with the gateways standing, and because all of them died. */
export const allReconnect: Fault<DistributedHouse> = {
  name: '14 all agents reconnect at once',
  run: async (scene) => {
    const { load, isShort } = scene;
    const crowd = [...load.agents];
    for (let index = 0; index < onlookers[isShort ? 'short' : 'full']; index++)
      crowd.push(await load.arrive(`bench-${String(20 - index).padStart(3, '0')}`, `10.5.1.${index}`, () => undefined));
    try {
      return await cycles(isShort ? 1 : 2, async ({ problems, notes, cycles: done }) => {
        for (const agent of crowd) agent.instance = undefined;
        const at = performance.now();
        if (done === 0) for (const agent of crowd) reload(agent);
        else await killGateways(scene);
        const isSettled = await until(() => crowd.every(isBack), settlesWithinMs);
        const settledMs = performance.now() - at;
        if (!isSettled)
          problems.push(
            `${crowd.filter((agent) => !isBack(agent)).length} of ${crowd.length} windows were not back after ${settlesWithinMs / 1000} s.`,
          );
        const places = placesOf(crowd);
        notes.push(
          `${crowd.length} windows back after ${(settledMs / 1000).toFixed(1)} s, at ${places.map(([name, count]) => `${name} ${count}`).join(', ')}`,
        );
        const gateways = scene.cordboard.instancesOf('gateway').length;
        if (done === 0 && Math.max(...places.map(([, count]) => count)) > (crowd.length / gateways) * 1.5)
          problems.push('They were not spread over the gateways.');
        return Math.max(settledMs, await load.roundTrip(at));
      });
    } finally {
      for (const agent of crowd.slice(load.agents.length)) agent.disconnect();
    }
  },
};

/** Its socket has been accepted, and it was told where. */
const isBack = ({ isOnline, instance }: AgentClient) => isOnline && instance !== undefined;

function reload(agent: AgentClient): void {
  agent.crash();
  agent.connect();
}

async function killGateways({ cordboard, killed }: Scene<DistributedHouse>): Promise<void> {
  const gateways = cordboard.instancesOf('gateway');
  await Promise.all(gateways.map((instance) => cordboard.killInstance(instance)));
  killed(gateways.length);
}

function placesOf(crowd: readonly AgentClient[]): [string, number][] {
  const places = new Map<string, number>();
  for (const { instance = 'nowhere' } of crowd) places.set(instance, (places.get(instance) ?? 0) + 1);
  return [...places];
}
