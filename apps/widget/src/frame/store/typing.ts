import { limits } from '@cordboard/webchat-protocol';

/** Says that the visitor types: at most once in three seconds, and that they stopped when they have. */
export class TypingSignal {
  private saidAt = Number.NEGATIVE_INFINITY;
  private timer = 0;

  constructor(private readonly say: (typing: boolean) => void) {}

  touched(): void {
    const now = performance.now();
    if (now - this.saidAt >= limits.typingEveryMs) {
      this.saidAt = now;
      this.say(true);
    }
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.stopped(), limits.typingForMs - 1_000);
  }

  stopped(): void {
    clearTimeout(this.timer);
    if (this.saidAt === Number.NEGATIVE_INFINITY) return;
    this.saidAt = Number.NEGATIVE_INFINITY;
    this.say(false);
  }
}
