import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { Cordboard } from './cordboard';

const password = 'cordboard-demo';

/** An agent in the window. */
export class AgentPage {
  private constructor(readonly page: Page) {}

  /** Signs in as `first@demo.cordboard.example`. */
  static async signIn(context: BrowserContext, cordboard: Cordboard, first: string): Promise<AgentPage> {
    const page = await context.newPage();
    await page.goto(cordboard.console);
    await page.getByLabel('E-mail').fill(`${first}@demo.cordboard.example`);
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    const agent = new AgentPage(page);
    await agent.connected();
    return agent;
  }

  async connected(): Promise<void> {
    await this.page.locator('[data-testid=connection-state][data-state=connected]').waitFor({ state: 'attached', timeout: 30_000 });
  }

  async available(): Promise<void> {
    await this.page.getByTestId('presence').click();
    await this.page.locator('.me-menu').getByText('Available', { exact: true }).click();
    await this.page.locator('[data-testid=presence][data-status=AVAILABLE]').waitFor();
  }

  get offer(): Locator {
    return this.page.getByTestId('offer-card');
  }

  async accept(): Promise<void> {
    await this.offer.first().waitFor({ state: 'visible', timeout: 30_000 });
    await this.offer
      .first()
      .getByRole('button', { name: /^Accept/ })
      .click();
    await this.composer.waitFor({ state: 'visible', timeout: 15_000 });
  }

  get composer(): Locator {
    return this.page.getByTestId('composer-input');
  }

  get rows(): Locator {
    return this.page.getByTestId('conversation-row');
  }

  async reply(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
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
}
