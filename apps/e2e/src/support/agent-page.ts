import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { AgentHand } from './agent-hand';
import { AgentWithKeyboard } from './agent-with-keyboard';
import { AgentWithMouse } from './agent-with-mouse';
import type { Cordboard } from './cordboard';
import type { Hand } from './hand';

const password = 'cordboard-demo';

/** An agent in the window: what they do with one hand or the other, and what they wait to see. */
export class AgentPage {
  readonly does: AgentHand;

  private constructor(
    readonly page: Page,
    hand: Hand,
  ) {
    this.does = hand === 'mouse' ? new AgentWithMouse(page) : new AgentWithKeyboard(page);
  }

  /** A page of the window that is open already. */
  static on(page: Page, hand: Hand = 'mouse'): AgentPage {
    return new AgentPage(page, hand);
  }

  /** The window's door, before anybody has signed in. */
  static async atTheDoor(context: BrowserContext, cordboard: Cordboard, hand: Hand = 'mouse'): Promise<AgentPage> {
    const page = await context.newPage();
    await page.goto(cordboard.console);
    return new AgentPage(page, hand);
  }

  /** Signs in as `first@demo.cordboard.example`. */
  async signIn(first: string): Promise<void> {
    await this.does.signIn(`${first}@demo.cordboard.example`, password);
    await this.connected();
  }

  async connected(): Promise<void> {
    await this.page.locator('[data-testid=connection-state][data-state=connected]').waitFor({ state: 'attached', timeout: 30_000 });
  }

  async available(): Promise<void> {
    await this.does.choosePresence('Available');
    await this.presence('AVAILABLE');
  }

  async presence(status: string): Promise<void> {
    await this.page.locator(`[data-testid=presence][data-status=${status}]`).waitFor();
  }

  get offer(): Locator {
    return this.page.getByTestId('offer-card');
  }

  /** Waits to be rung, accepts, and has the conversation on screen. */
  async accept(): Promise<void> {
    await this.offer.first().waitFor({ state: 'visible', timeout: 30_000 });
    await this.does.accept();
    await this.composer.waitFor({ state: 'visible', timeout: 15_000 });
  }

  get composer(): Locator {
    return this.page.getByTestId('composer-input');
  }

  get rows(): Locator {
    return this.page.getByTestId('conversation-row');
  }

  /** Puts the caret into the text and takes it out again: letters are keys now, and the conversation stays open. */
  async leaveText(): Promise<void> {
    await this.composer.focus();
    await this.composer.press('Escape');
  }

  entry(text: string): Locator {
    return this.page.getByTestId('timeline-entry').filter({ hasText: text });
  }

  /** Waits for a text in the open conversation, once and only once. */
  async reads(text: string): Promise<void> {
    await this.entry(text).first().waitFor({ state: 'visible', timeout: 30_000 });
    const count = await this.entry(text).count();
    if (count !== 1) throw new Error(`“${text}” stands ${count} times in the agent's timeline.`);
  }

  /** Waits until the reply has come as far as `status`: SENT, DELIVERED or READ. */
  async delivery(text: string, status: string): Promise<void> {
    await this.page.locator(`[data-testid=timeline-entry][data-status=${status}]`, { hasText: text }).waitFor({ timeout: 30_000 });
  }

  /** Waits until the open conversation's header says so: “With you”, “Closed”. */
  async state(words: string): Promise<void> {
    await this.page.locator('.conversation-facts', { hasText: words }).waitFor({ timeout: 15_000 });
  }
}
