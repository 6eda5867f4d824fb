import { randomBytes } from 'node:crypto';
import { OperationalError } from '@cordboard/rpc';
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';

/** OWASP's argon2id parameters: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const mostAtOnce = 2;
const mostWaiting = 200;

/**
 * Checks passwords, two at a time on libuv's threads, so that a storm of sign-ins slows sign-ins and nothing else.
 * Past 200 waiting the rest is sent away.
 */
@Injectable()
export class PasswordHasher {
  /** Hash of nobody's password: an unknown account costs as much time as a known one. */
  private readonly nobody = hash(randomBytes(16).toString('hex'), cost);
  private busy = 0;
  private readonly waiting: (() => void)[] = [];

  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password, cost));
  }

  /** `stored` is undefined for an account that does not exist. */
  async verify(password: string, stored: string | undefined): Promise<boolean> {
    const matches = await this.inTurn(async () => verify(stored ?? (await this.nobody), password));
    return matches && stored !== undefined;
  }

  private async inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.busy >= mostAtOnce) {
      if (this.waiting.length >= mostWaiting)
        throw new OperationalError('BUSY', 'Too many people sign in at once. Try again in a few seconds.', 3000);
      await new Promise<void>((next) => this.waiting.push(next));
    } else this.busy++;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.busy--;
    }
  }
}
