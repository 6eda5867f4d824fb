import { pause } from '../../drive/wait';
import type { DistributedHouse } from '../shapes/distributed';
import { cycles, type Fault, type Scene } from './fault';

/** Each process of the fleet once, in an order that the seed decides; at last the supervisor, and everything with it. */
export const serviceKilled: Fault<DistributedHouse> = {
  name: '1 a service killed −9',
  run: (scene) => {
    const victims = shuffled(scene);
    return cycles(victims.length, async ({ notes }) => {
      const victim = victims.pop() ?? supervisor;
      await pause(300 + scene.random() * 1500);
      const recovery = victim === supervisor ? await killAll(scene) : await killOne(scene, victim);
      notes.push(`${victim}: ${(recovery / 1000).toFixed(1)} s`);
      return recovery;
    });
  },
};

const supervisor = 'supervisor';

/** To be taken from the end. */
function shuffled({ cordboard, random, isShort }: Scene<DistributedHouse>): string[] {
  const instances = cordboard.processes.map(({ instance }) => ({ instance, place: random() }));
  const order = instances.sort((one, other) => one.place - other.place).map(({ instance }) => instance);
  return isShort ? order : [supervisor, ...order];
}

async function killOne({ cordboard, load, killed }: Scene<DistributedHouse>, instance: string): Promise<number> {
  const at = performance.now();
  const before = await cordboard.killInstance(instance);
  killed();
  const [recovery] = await Promise.all([load.roundTrip(at), cordboard.revived(instance, before)]);
  return Math.max(recovery, performance.now() - at);
}

async function killAll({ cordboard, load, killed }: Scene<DistributedHouse>): Promise<number> {
  const at = performance.now();
  await cordboard.kill();
  killed();
  await cordboard.start();
  return load.roundTrip(at);
}
