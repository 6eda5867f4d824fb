import type { AgentClient } from '../../drive/agent-client';
import { pause, until } from '../../drive/wait';
import type { DistributedHouse } from '../shapes/house';
import { cycles, type Fault, type Scene } from './fault';

/** Longer than a member of a Kafka group and a reader of the log may be silent (6 s and 5 s), and than calls are waited for. */
const pausedMs = { short: 7000, full: 12_000 };

/**
 * A process sleeps, its replica takes over, and it wakes in the middle of what it had in hand. What it writes then is
 * refused, and nobody is rung for a conversation that already rings elsewhere.
 */
export const pausedOwner: Fault<DistributedHouse> = {
  name: '17 a paused owner wakes',
  run: (scene) => {
    const victims = victimsOf(scene);
    return cycles(victims.length, async ({ problems, notes, cycles: done }) => {
      const instance = victims[done] ?? '';
      const pid = scene.cordboard.pidOf(instance);
      const rings = watchRings(scene);
      const at = performance.now();
      process.kill(pid, 'SIGSTOP');
      let meanwhile = 0;
      try {
        rings.write();
        meanwhile = await scene.load.roundTrip(at);
        await pause(at + pausedMs[scene.isShort ? 'short' : 'full'] - performance.now());
      } finally {
        process.kill(pid, 'SIGCONT');
      }
      const afterwards = await scene.load.roundTrip(performance.now());
      if (scene.cordboard.pidOf(instance) !== pid) problems.push(`${instance} was not let sleep.`);
      problems.push(...(await rings.end()));
      notes.push(`${instance} asleep: ${(meanwhile / 1000).toFixed(1)} s; awake again: ${(afterwards / 1000).toFixed(1)} s`);
      return Math.max(meanwhile, afterwards);
    });
  },
};

/** One of those that share their work, and every relay, for it cannot be seen which of them leads. */
function victimsOf({ cordboard, isShort }: Scene<DistributedHouse>): string[] {
  const services = isShort ? ['routing'] : ['routing', 'inbox'];
  return [...services.flatMap((service) => cordboard.instancesOf(service).slice(0, 1)), ...cordboard.instancesOf('relay')];
}

/** New conversations that nobody answers go from agent to agent. */
function watchRings({ load }: Scene<DistributedHouse>): { write: () => void; end: () => Promise<string[]> } {
  const problems: string[] = [];
  const rung = new Set<AgentClient>();
  let ringing = { agent: '', until: 0 };
  const lane = load.newcomer('shop', (agent, { deadline }) => {
    if (ringing.agent !== agent.email && ringing.until > Date.now() + 500)
      problems.push(`${agent.email} was rung while it rang at ${ringing.agent}.`);
    rung.add(agent);
    ringing = { agent: agent.email, until: Date.parse(deadline) };
  });
  return {
    write: () => lane.write(),
    end: async () => {
      load.leaveTo(lane);
      const isAnswered = () => lane.conversation !== undefined;
      for (let waited = 0; !isAnswered() && waited < 20_000; waited += 1000) {
        // Whoever has let an offer pass gets no more until they say so; the last of them may be rung still.
        for (const agent of rung) await agent.setAvailable();
        await until(isAnswered, 1000);
      }
      if (!lane.conversation) problems.push('A conversation that rang was not offered again.');
      await lane.finish();
      return problems;
    },
  };
}
