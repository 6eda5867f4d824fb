import { randomBytes } from 'node:crypto';
import { OperationalError } from '@cordboard/rpc';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Argon2Thread, type PasswordTask } from './argon2-thread';

const mostThreads = 2;
const mostWaiting = 200;

/**
 * Hashes and compares passwords on at most two threads of its own with low priority, so that a storm of sign-ins slows
 * sign-ins and nothing else. Past 200 waiting the rest is sent away. Threads start when they are needed; one that dies
 * fails its task and is replaced.
 */
@Injectable()
export class PasswordHasher implements OnApplicationShutdown {
  /** Hash of nobody's password: an unknown account costs as much time as a known one. */
  private nobody: Promise<string> | undefined;
  private readonly idle: Argon2Thread[] = [];
  private readonly waiting: ((thread: Argon2Thread) => void)[] = [];
  private readonly threads = new Set<Argon2Thread>();

  async hash(password: string): Promise<string> {
    return String(await this.run({ password }));
  }

  /** `stored` is undefined for an account that does not exist. */
  async verify(password: string, stored: string | undefined): Promise<boolean> {
    const matches = await this.run({ password, stored: stored ?? (await this.hashOfNobody()) });
    return matches === true && stored !== undefined;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.threads].map((thread) => thread.stop()));
    this.threads.clear();
  }

  private hashOfNobody(): Promise<string> {
    this.nobody ??= this.hash(randomBytes(16).toString('hex'));
    return this.nobody;
  }

  private async run(task: PasswordTask): Promise<string | boolean> {
    const thread = await this.free();
    try {
      const answer = await thread.do(task);
      this.release(thread);
      return answer;
    } catch (error) {
      await this.replace(thread);
      throw error;
    }
  }

  private free(): Promise<Argon2Thread> {
    const idle = this.idle.pop();
    if (idle) return Promise.resolve(idle);
    if (this.threads.size < mostThreads) return Promise.resolve(this.start());
    if (this.waiting.length >= mostWaiting) {
      return Promise.reject(new OperationalError('BUSY', 'Too many people sign in at once. Try again in a few seconds.', 3000));
    }
    return new Promise((next) => this.waiting.push(next));
  }

  private start(): Argon2Thread {
    const thread = new Argon2Thread();
    this.threads.add(thread);
    return thread;
  }

  private release(thread: Argon2Thread): void {
    const next = this.waiting.shift();
    if (next) next(thread);
    else this.idle.push(thread);
  }

  private async replace(thread: Argon2Thread): Promise<void> {
    this.threads.delete(thread);
    await thread.stop();
    const next = this.waiting.shift();
    if (next) next(this.start());
  }
}
