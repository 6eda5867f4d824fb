import { Worker } from 'node:worker_threads';

/** OWASP's argon2id parameters: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * The thread's whole program; it is given as text so that a bundle needs no second file. On Linux priority 0 means
 * the calling thread: it takes processor time only when nothing else of the machine wants it.
 */
const program = `
  const { parentPort, workerData } = require('node:worker_threads');
  if (process.platform === 'linux') require('node:os').setPriority(0, 10);
  const { hashSync, verifySync } = require(workerData.argon2);
  parentPort.on('message', ({ password, stored }) => {
    try {
      const answer = stored === undefined ? hashSync(password, workerData.cost) : verifySync(stored, password);
      parentPort.postMessage({ answer });
    } catch (error) {
      parentPort.postMessage({ problem: String(error) });
    }
  });
`;

export interface PasswordTask {
  password: string;
  /** The hash to compare with; a new hash is made when it is missing. */
  stored?: string;
}

/** One thread that hashes and compares passwords, one after the other. It does not keep the process alive. */
export class Argon2Thread {
  private readonly worker = new Worker(program, { eval: true, workerData: { argon2: require.resolve('@node-rs/argon2'), cost } });

  constructor() {
    this.worker.unref();
  }

  /** The next task may come when this one is done. Rejects when the thread dies. */
  do(task: PasswordTask): Promise<string | boolean> {
    this.worker.ref();
    return new Promise<string | boolean>((resolve, reject) => {
      this.worker.once('error', reject);
      this.worker.once('message', ({ answer, problem }: { answer?: string | boolean; problem?: string }) => {
        this.worker.off('error', reject);
        if (answer === undefined) reject(new Error(`argon2 failed: ${problem}`));
        else resolve(answer);
      });
      this.worker.postMessage(task);
    }).finally(() => this.worker.unref());
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }
}
