import { randomUUID } from 'node:crypto';
import type { AgentClient } from '../../drive/agent-client';
import type { ConversationView, OfferView, Refused } from '../../drive/documents';
import { pause, until } from '../../drive/wait';
import type { Lane } from '../load/lane';
import type { Load } from '../load/load';
import { cycles, type Fault, type Outcome, type Scene } from './fault';

type Answer = { conversation?: ConversationView } & Partial<Refused>;
interface Contender {
  name: string;
  agent: AgentClient;
  answer: Answer;
}

/** The answer comes in the moment the offer runs out and goes to the next. */
export const acceptAtExpiry: Fault = {
  name: '16 an agent accepts as the offer expires',
  run: (scene) =>
    cycles(scene.isShort ? 2 : 8, async (outcome) => {
      const { load, random } = scene;
      const { lane, agent, offer } = await ring(load);
      load.leaveTo(lane);
      await pause(Date.parse(offer.deadline) - Date.now() - 4 + random() * 8);
      const at = performance.now();
      const answer = await agent.accept(offer);
      if (answer.conversation) lane.accepted(agent, answer.conversation);
      const isTaken = await until(() => lane.conversation !== undefined, 30_000);
      if (!isTaken) outcome.problems.push('After the race nobody had the conversation.');
      else await settle(outcome, lane, [{ name: 'the agent in time', agent, answer }], lane.agent);
      outcome.notes.push(answer.conversation ? 'accepted in time' : `told: ${answer.message}`);
      await load.agents.find((each) => each === agent)?.setAvailable();
      await lane.finish();
      return performance.now() - at;
    }),
};

/** A supervisor takes the conversation out of the agent's hands as they accept it. */
export const takeAgainstAccept: Fault = {
  name: '16 a supervisor takes while the agent accepts',
  run: (scene) =>
    withPerson(scene, 'dmitri', async (supervisor) =>
      cycles(scene.isShort ? 2 : 6, async (outcome) => {
        const { load, random } = scene;
        const { lane, agent, offer } = await ring(load);
        const seen = await offered(supervisor, offer);
        const at = performance.now();
        const [accept, take] = await Promise.all([
          later(random() * 6, () => agent.accept(offer)),
          later(random() * 6, () => takeNow(supervisor, seen)),
        ]);
        await settle(outcome, lane, [
          { name: 'agent', agent, answer: accept },
          { name: 'supervisor', agent: supervisor, answer: take },
        ]);
        await endOf(lane, offer);
        return performance.now() - at;
      }),
    ),
};

/** One person, two windows, one ring. */
export const acceptInTwoTabs: Fault = {
  name: '16 one agent accepts in two tabs',
  run: (scene) =>
    cycles(scene.isShort ? 2 : 6, async (outcome) => {
      const { load, random } = scene;
      const { lane, agent, offer } = await ring(load);
      const at = performance.now();
      const answers = await Promise.all([
        later(random() * 4, () => agent.accept(offer, randomUUID())),
        later(random() * 4, () => agent.accept(offer, randomUUID())),
      ]);
      await settle(
        outcome,
        lane,
        answers.map((answer, index) => ({ name: `tab ${index + 1}`, agent, answer })),
      );
      await endOf(lane, offer);
      return performance.now() - at;
    }),
};

/** Two with the right to do so pass the same conversation on to different agents. */
export const twoTransfers: Fault = {
  name: '16 two supervisors transfer the same conversation',
  run: (scene) =>
    withPerson(scene, 'dmitri', async (supervisor) =>
      cycles(scene.isShort ? 2 : 6, async (outcome) => {
        const { load, random } = scene;
        const { lane, agent, offer } = await ring(load);
        await load.accept(agent, offer);
        const seen = await active(supervisor, offer);
        const [first, second] = load.agents.filter((each) => each.id !== agent.id);
        if (!first || !second) throw new Error('Two more agents are needed.');
        const at = performance.now();
        const answers = await Promise.all([
          later(random() * 4, () => transferNow(supervisor, seen, first)),
          later(random() * 4, () => transferNow(supervisor, seen, second)),
        ]);
        await settle(outcome, lane, [
          { name: 'the first transfer', agent: first, answer: answers[0] },
          { name: 'the second transfer', agent: second, answer: answers[1] },
        ]);
        await endOf(lane, offer);
        return performance.now() - at;
      }),
    ),
};

/** A new conversation that rings at somebody's and is left ringing. */
async function ring(load: Load): Promise<{ lane: Lane; agent: AgentClient; offer: OfferView }> {
  const rings: { agent: AgentClient; offer: OfferView }[] = [];
  const lane = load.newcomer('shop', (agent, offer) => rings.push({ agent, offer }));
  lane.write();
  await until(() => rings.length > 0, 30_000, 2);
  const [first] = rings;
  if (!first) throw new Error('A new conversation was not offered within 30 s.');
  return { lane, ...first };
}

/** Exactly one contender has won, the others were told why not, and everybody sees the winner's name on it. */
async function settle(outcome: Outcome, lane: Lane, contenders: readonly Contender[], holder?: AgentClient): Promise<void> {
  const winners = contenders.filter(({ answer }) => answer.conversation);
  if (winners.length !== 1 && !holder)
    outcome.problems.push(`${winners.length} won: ${winners.map(({ name }) => name).join(', ') || 'nobody'}.`);
  for (const { name, answer } of contenders)
    if (!answer.conversation && !answer.message) outcome.problems.push(`${name} was told nothing.`);
  const expected = winners[0]?.agent ?? holder;
  const won = winners[0]?.answer.conversation;
  if (won && expected) lane.accepted(expected, won);
  if (!lane.conversation || !expected) return;
  const { tenantId, id } = lane.conversation;
  let seen: ConversationView | null = null;
  for (let tries = 0; tries < 100; tries++) {
    seen = await expected.conversation(tenantId, id);
    if (seen?.workState === 'ACTIVE' && seen.assigneeId === expected.id) return;
    await pause(50);
  }
  outcome.problems.push(`${expected.email} won and the conversation shows ${seen?.workState} ${seen?.assigneeId}.`);
}

/** Ends the conversation of a race so that its place is free again. */
async function endOf(lane: Lane, offer: OfferView): Promise<void> {
  lane.conversation ??= { tenantId: offer.tenantId, id: offer.conversationId };
  await lane.finish();
}

async function withPerson(scene: Scene, name: string, work: (person: AgentClient) => Promise<Outcome>): Promise<Outcome> {
  const person = await scene.load.arrive(name, '10.6.0.1', () => undefined);
  try {
    return await work(person);
  } finally {
    person.disconnect();
  }
}

async function seenAs(agent: AgentClient, offer: OfferView, workState: ConversationView['workState']): Promise<ConversationView> {
  for (let tries = 0; tries < 200; tries++) {
    const seen = await agent.conversation(offer.tenantId, offer.conversationId);
    if (seen?.workState === workState) return seen;
    await pause(10);
  }
  throw new Error(`A conversation was not shown as ${workState} within 2 s.`);
}

const offered = (agent: AgentClient, offer: OfferView) => seenAs(agent, offer, 'OFFERED');
const active = (agent: AgentClient, offer: OfferView) => seenAs(agent, offer, 'ACTIVE');

const later = async <Result>(ms: number, work: () => Promise<Result>): Promise<Result> => {
  await pause(ms);
  return work();
};

async function takeNow(agent: AgentClient, { tenantId, id, workVersion }: ConversationView): Promise<Answer> {
  const input = { clientId: randomUUID(), tenantId, conversationId: id, expectedWorkVersion: workVersion };
  return (await agent.insist<{ takeConversation: Answer }>('takeConversation', { input })).takeConversation;
}

async function transferNow(agent: AgentClient, { tenantId, id, workVersion }: ConversationView, to: AgentClient): Promise<Answer> {
  const input = { clientId: randomUUID(), tenantId, conversationId: id, expectedWorkVersion: workVersion, toAgentId: to.id };
  return (await agent.insist<{ transferConversation: Answer }>('transferConversation', { input })).transferConversation;
}
