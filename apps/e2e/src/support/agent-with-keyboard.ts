import type { Page } from 'playwright-core';
import type { AgentHand } from './agent-hand';
import { moveTo, press, pressButton } from './keys';

/** An agent who has no mouse: Tab, Enter, and the window's own keys, pressed without looking whether it keeps up. */
export class AgentWithKeyboard implements AgentHand {
  constructor(private readonly page: Page) {}

  async signIn(email: string, password: string): Promise<void> {
    await this.page.locator('input[type=email]:focus').waitFor();
    await this.page.keyboard.type(email);
    await press(this.page, 'Tab');
    await this.page.keyboard.type(password);
    await press(this.page, 'Enter');
  }

  async choosePresence(words: string): Promise<void> {
    await press(this.page, 'Control+.');
    await this.page.locator('.me-menu :focus').waitFor();
    await moveTo(this.page, this.page.getByRole('menuitemradio', { name: words, exact: true }), 'ArrowDown');
    await press(this.page, 'Enter');
  }

  async accept(): Promise<void> {
    await press(this.page, 'Control+Enter');
  }

  async reply(text: string): Promise<void> {
    await this.leaveText();
    await this.write('r', text);
  }

  async note(text: string): Promise<void> {
    await this.leaveText();
    await this.write('n', text);
  }

  async close(reason: string, outcome: string): Promise<void> {
    await this.leaveText();
    await press(this.page, 'e');
    await this.page.getByRole('dialog').locator('input[type=radio]:focus').waitFor();
    await this.choose(reason);
    await press(this.page, 'Tab');
    await this.choose(outcome);
    await pressButton(this.page, this.page.getByRole('button', { name: 'Close conversation' }));
  }

  async undo(): Promise<void> {
    await pressButton(this.page, this.page.getByRole('button', { name: 'Undo' }));
  }

  async reopen(): Promise<void> {
    await this.leaveText();
    await pressButton(this.page, this.page.getByRole('button', { name: 'Reopen' }));
  }

  async take(): Promise<void> {
    await this.leaveText();
    await press(this.page, 'a');
  }

  async transfer(to: string): Promise<void> {
    await this.leaveText();
    await press(this.page, 't');
    await this.page.getByRole('combobox').and(this.page.locator(':focus')).waitFor();
    await this.page.keyboard.type(to);
    // Whoever has just come is grey until this window has heard of it, and Enter chooses nobody who is grey.
    await this.page.getByRole('option', { name: to, selected: true, disabled: false }).waitFor();
    await press(this.page, 'Enter');
  }

  async showList(list: 'Mine' | 'Waiting' | 'All'): Promise<void> {
    await this.leaveText();
    await press(this.page, 'g', { Mine: 'm', Waiting: 'w', All: 'a' }[list]);
  }

  async openRow(words: string): Promise<void> {
    await this.leaveText();
    await moveTo(this.page, this.page.getByTestId('conversation-row').filter({ hasText: words }), 'j');
    await press(this.page, 'Enter');
  }

  /** Takes the caret out of the text, where letters are letters; a second Esc would leave the conversation. */
  private async leaveText(): Promise<void> {
    if ((await this.page.locator('textarea:focus').count()) > 0) await press(this.page, 'Escape');
  }

  private async write(key: 'r' | 'n', text: string): Promise<void> {
    await press(this.page, key);
    await this.page.keyboard.type(text);
    await press(this.page, 'Enter');
  }

  /** Marks the first of the group that has the focus, then goes on with the arrows. */
  private async choose(name: string): Promise<void> {
    await press(this.page, 'Space');
    await moveTo(this.page, this.page.getByRole('radio', { name, exact: true }), 'ArrowDown');
  }
}
