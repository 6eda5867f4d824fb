import { eventually } from '@cordboard/testing';
import type { BrowserContext, Frame, Page } from 'playwright-core';
import type { Cordboard } from './cordboard';
import type { Hand } from './hand';
import { press, pressButton } from './keys';

/** A customer on a tenant's site, writing in its chat with one hand or the other. */
export class VisitorPage {
  private constructor(
    readonly page: Page,
    private readonly hand: Hand,
  ) {}

  static async visit(context: BrowserContext, cordboard: Cordboard, site: string, hand: Hand = 'mouse'): Promise<VisitorPage> {
    const page = await context.newPage();
    await page.goto(`${cordboard.sites}/demo/${site}`);
    return new VisitorPage(page, hand);
  }

  /** A visitor's page that is open already. */
  static on(page: Page, hand: Hand = 'mouse'): VisitorPage {
    return new VisitorPage(page, hand);
  }

  /** Presses the launcher, which stands in a closed shadow root: at its place on the page, or where Tab comes to it. */
  async openChat(): Promise<void> {
    const launcher = this.page.locator('cordboard-chat');
    if (this.hand === 'mouse') await launcher.click();
    else await pressButton(this.page, launcher);
    await (await this.frame()).locator('textarea:focus').waitFor({ state: 'visible' });
  }

  /** The chat's own document: another origin than the site's. */
  async frame(): Promise<Frame> {
    const here = () => this.page.frames().find((frame) => frame.url().includes('/webchat/frame'));
    const deadline = Date.now() + 15_000;
    for (let frame = here(); ; frame = here()) {
      if (frame) return frame;
      if (Date.now() > deadline) throw new Error('The chat did not appear on the page.');
      await this.page.waitForEvent('frameattached', { timeout: 5000 }).catch(() => undefined);
    }
  }

  async write(text: string): Promise<void> {
    if (this.hand === 'mouse') {
      const frame = await this.frame();
      await frame.getByRole('textbox').fill(text);
      await frame.getByRole('button', { name: 'Send' }).click();
    } else {
      await this.page.keyboard.type(text);
      await press(this.page, 'Enter');
    }
  }

  /** Waits for a text in the conversation, once and only once. */
  async reads(text: string): Promise<void> {
    const bubbles = (await this.frame()).getByRole('log').locator('.bubble', { hasText: text });
    await bubbles.first().waitFor({ state: 'visible', timeout: 30_000 });
    const count = await bubbles.count();
    if (count !== 1) throw new Error(`“${text}” stands ${count} times in the visitor's chat.`);
  }

  /** Waits until the last message stands as sent: the server has it. */
  async allSent(): Promise<void> {
    const frame = await this.frame();
    await frame.locator('.row.mine').last().waitFor({ state: 'visible' });
    await eventually(async () => (await frame.locator('[data-delivery=waiting],[data-delivery=failed]').count()) === 0, {
      timeoutMs: 40_000,
      everyMs: 100,
    });
  }

  /** What the visitor sees, in order, without the greeting. */
  async messages(): Promise<string[]> {
    const texts = await (await this.frame()).locator('[data-delivery] .bubble > :not(.sr)').allInnerTexts();
    return texts.map((text) => text.trim());
  }
}
