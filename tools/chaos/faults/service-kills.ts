import { pause } from '../../drive/wait';
import type { DistributedHouse } from '../shapes/house';
import { cycles, type Fault, type Scene } from './fault';

const supervisor = 'supervisor';
const killsInShort = 3;

/** Processes of the fleet in an order that the seed decides: some, or in the full form each of them and at last the supervisor with everything. */
export const serviceKilled: Fault<DistributedHouse> = {
  name: '1 a service killed −9',
  run: (scene) => {
    const victims = shuffled(scene);
    return cycles(victims.length, async ({ notes }) => {
      const victim = victims.pop() ?? supervisor;
      await pause(300 + scene.random() * 1500);
      return victim === supervisor ? killAll(scene, notes) : killOne(scene, victim, notes);
    });
  },
};

/** To be taken from the end. */
function shuffled({ cordboard, random, isShort }: Scene<DistributedHouse>): string[] {
  const instances = cordboard.processes.map(({ instance }) => ({ instance, place: random() }));
  const order = instances.sort((one, other) => one.place - other.place).map(({ instance }) => instance);
  return isShort ? order.slice(0, killsInShort) : [supervisor, ...order];
}

async function killOne({ cordboard, load, killed }: Scene<DistributedHouse>, instance: string, notes: string[]): Promise<number> {
  const at = performance.now();
  const before = await cordboard.killInstance(instance);
  killed();
  const [served] = await Promise.all([load.roundTrip(at), cordboard.revived(instance, before)]);
  const recovery = performance.now() - at;
  notes.push(`${instance}: served after ${(served / 1000).toFixed(1)} s, ready after ${(recovery / 1000).toFixed(1)} s`);
  return recovery;
}

async function killAll({ cordboard, load, killed }: Scene<DistributedHouse>, notes: string[]): Promise<number> {
  const at = performance.now();
  await cordboard.kill();
  killed();
  await cordboard.start();
  const recovery = await load.roundTrip(at);
  notes.push(`the supervisor and all with it: served after ${(recovery / 1000).toFixed(1)} s`);
  return recovery;
}
