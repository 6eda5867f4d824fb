import { pickIndex } from '../../drive/random';
import { pause } from '../../drive/wait';
import type { DistributedHouse } from '../shapes/house';
import { cycles, type Fault } from './fault';

/** One of three Kafka nodes is gone and comes back; the other two go on meanwhile. */
export const brokerLost: Fault<DistributedHouse> = {
  name: '26 one of three Kafka nodes killed −9',
  run: ({ ground, load, random, killed, isShort }) => {
    const first = pickIndex(random, ground.brokers.length);
    return cycles(isShort ? 1 : ground.brokers.length, async ({ notes, cycles: done }) => {
      const id = ((first + done) % ground.brokers.length) + 1;
      const at = performance.now();
      ground.killNode(id);
      killed();
      const without = await load.roundTrip(at);
      await pause(isShort ? 1000 : 5000);
      await ground.reviveNode(id);
      const with_ = await load.roundTrip(performance.now());
      notes.push(`node ${id}: ${(without / 1000).toFixed(1)} s without it, ${(with_ / 1000).toFixed(1)} s when it was back`);
      return Math.max(without, with_);
    });
  },
};
