import type { Page } from 'playwright-core';
import type { AgentHand } from './agent-hand';

/** An agent who points and clicks, and types only what is text. */
export class AgentWithMouse implements AgentHand {
  constructor(private readonly page: Page) {}

  async signIn(email: string, password: string): Promise<void> {
    await this.page.getByLabel('E-mail').fill(email);
    await this.page.getByRole('textbox', { name: 'Password' }).fill(password);
    await this.button('Sign in').click();
  }

  async choosePresence(words: string): Promise<void> {
    await this.page.getByTestId('presence').click();
    await this.page.locator('.me-menu').getByText(words, { exact: true }).click();
  }

  async accept(): Promise<void> {
    await this.page.getByTestId('offer-card').first().getByRole('button', { name: 'Accept' }).click();
  }

  async reply(text: string): Promise<void> {
    await this.write(text, 'Send');
  }

  async note(text: string): Promise<void> {
    await this.page.locator('.composer').getByRole('button', { name: 'Note' }).click();
    await this.write(text, 'Save');
  }

  async close(reason: string, outcome: string): Promise<void> {
    await this.header('Close').click();
    for (const option of [reason, outcome]) await this.page.getByRole('dialog').getByRole('radio', { name: option }).click();
    await this.button('Close conversation').click();
  }

  async undo(): Promise<void> {
    await this.button('Undo').click();
  }

  async reopen(): Promise<void> {
    await this.header('Reopen').click();
  }

  async take(): Promise<void> {
    await this.header('Take').click();
  }

  async transfer(to: string): Promise<void> {
    await this.header('Transfer').click();
    await this.page.getByRole('dialog').getByRole('option', { name: to }).click();
  }

  async showList(list: 'Mine' | 'Waiting' | 'All'): Promise<void> {
    await this.page.locator('.tabs').getByRole('button', { name: list }).click();
  }

  async openRow(words: string): Promise<void> {
    await this.page.getByTestId('conversation-row').filter({ hasText: words }).click();
  }

  private async write(text: string, send: string): Promise<void> {
    await this.page.getByTestId('composer-input').fill(text);
    await this.page.locator('.composer').getByRole('button', { name: send }).click();
  }

  private button(name: string) {
    return this.page.getByRole('button', { name });
  }

  private header(name: string) {
    return this.page.locator('.conversation-acts').getByRole('button', { name });
  }
}
