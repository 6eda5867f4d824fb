import type { AgentClient } from '../../drive/agent-client';
import { until } from '../../drive/wait';
import type { Lane } from '../load/lane';
import { cycles, type Fault } from './fault';

const offeredWithinMs = 30_000;

/** The window of an agent is gone while it rings: the conversation goes to somebody else. */
export const crashWhileOffered: Fault = {
  name: '15 agent crashes while offered',
  run: ({ load, isShort }) =>
    cycles(isShort ? 1 : 3, async ({ problems }) => {
      let crashed: AgentClient | undefined;
      let at = 0;
      const lane: Lane = load.newcomer('shop', (agent) => {
        if (crashed) return;
        crashed = agent;
        at = performance.now();
        agent.crash();
        load.leaveTo(lane);
      });
      lane.write();
      const isTaken = await until(() => lane.conversation !== undefined, offeredWithinMs + 10_000);
      const recovery = performance.now() - at;
      if (!isTaken) problems.push('The conversation was not offered again.');
      else if (lane.agent === crashed) problems.push('The conversation stayed with the crashed agent.');
      await comeBack(crashed);
      await lane.finish();
      return recovery;
    }),
};

/** The window of an agent is gone in the middle of its chats: each goes to somebody else, and the talk goes on. */
export const crashWhileChatting: Fault = {
  name: '15 agent crashes while chatting',
  run: ({ load, isShort }) =>
    cycles(isShort ? 1 : 3, async ({ problems }) => {
      const victim = load.agents.find((agent) => load.lanes.some((lane) => lane.agent === agent));
      const chats = load.lanes.filter((lane) => lane.agent === victim);
      const at = performance.now();
      victim?.crash();
      const isTaken = await until(() => chats.every((lane) => lane.agent !== victim), offeredWithinMs + 10_000);
      const recovery = performance.now() - at;
      if (!isTaken)
        problems.push(`${chats.filter((lane) => lane.agent === victim).length} of ${chats.length} chats were not offered again.`);
      await comeBack(victim);
      return recovery;
    }),
};

async function comeBack(agent: AgentClient | undefined): Promise<void> {
  agent?.connect();
  await until(() => agent?.isOnline ?? true, 15_000);
  await agent?.setAvailable();
}
