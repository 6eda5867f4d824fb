import { randomUUID } from 'node:crypto';
import { eventually } from '@cordboard/testing';
import type { Browser, BrowserContext } from 'playwright-core';
import { AgentPage } from './agent-page';
import { ApiClient } from './api-client';
import { launchChromium, person, type Screen } from './browser';
import { Cordboard } from './cordboard';
import type { Hand } from './hand';
import { VisitorPage } from './visitor-page';

type Open = { id: string; tenantId: string; rev: number };
type Tenant = { id: string; reasons: { id: string }[]; outcomes: { id: string }[] };

/**
 * One Cordboard and one browser for all the stories of a file. After each story its people leave and what is still open
 * is closed, so that the next one, told with the other hand, finds the house as the first did.
 */
export class House {
  cordboard!: Cordboard;
  browser!: Browser;
  private readonly agents = new Set<string>();

  /** Opens before the stories of the `describe` it is called in, and closes after them. */
  static open(environment: Record<string, string> = {}): House {
    const house = new House();
    beforeAll(async () => {
      house.cordboard = await Cordboard.open(environment);
      house.browser = await launchChromium();
    });
    afterEach(() => house.clear());
    afterAll(async () => {
      await house.browser?.close();
      await house.cordboard?.dispose();
    });
    return house;
  }

  /** A signed-in agent in a browser of their own. */
  async agent(first: string, hand?: Hand, screen?: Screen): Promise<AgentPage> {
    const agent = await AgentPage.atTheDoor(await this.person(hand, screen), this.cordboard, hand);
    await this.signIn(agent, first);
    return agent;
  }

  /** Lets somebody in who stands at the door. */
  async signIn(agent: AgentPage, first: string): Promise<void> {
    this.agents.add(first);
    await agent.signIn(first);
  }

  /** A customer on a site, in a browser of their own. */
  async visitor(site: string, hand?: Hand, screen?: Screen): Promise<VisitorPage> {
    return VisitorPage.visit(await this.person(hand, screen), this.cordboard, site, hand);
  }

  person(hand?: Hand, screen?: Screen): Promise<BrowserContext> {
    return person(this.browser, screen, hand);
  }

  private async clear(): Promise<void> {
    for (const context of this.browser.contexts()) await context.close();
    for (const first of this.agents) await (await ApiClient.signIn(this.cordboard, first)).ask(leave, { input: offline() });
    this.agents.clear();
    const supervisor = await ApiClient.signIn(this.cordboard, 'dmitri');
    await eventually(() => closeAll(supervisor), { timeoutMs: 15_000, everyMs: 50 });
  }
}

const leave = 'mutation ($input: SetPresenceInput!) { setPresence(input: $input) { __typename } }';
const offline = () => ({ clientId: randomUUID(), status: 'OFFLINE', reason: null });
const close = 'mutation ($input: CloseConversationInput!) { closeConversation(input: $input) { __typename } }';
const stillOpen = `{
  viewer { tenants { id reasons { id } outcomes { id } } }
  conversations(filter: { scope: ALL, state: OPEN }, first: 50) { edges { node { id tenantId rev } } }
}`;

/** Closes what is open; true when there was nothing (left) to close. */
async function closeAll(supervisor: ApiClient): Promise<boolean> {
  const { data, errors } = await supervisor.ask(stillOpen);
  if (!data) throw new Error(JSON.stringify(errors));
  const { tenants } = data.viewer as { tenants: Tenant[] };
  const { edges } = data.conversations as { edges: { node: Open }[] };
  for (const { node } of edges) {
    const tenant = tenants.find(({ id }) => id === node.tenantId);
    const [reasonId, outcomeId] = [tenant?.reasons[0]?.id, tenant?.outcomes[0]?.id];
    const { id: conversationId, tenantId, rev: expectedRev } = node;
    await supervisor.ask(close, { input: { clientId: randomUUID(), conversationId, tenantId, expectedRev, reasonId, outcomeId } });
  }
  return edges.length === 0;
}
