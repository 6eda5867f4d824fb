import { Turnstile } from './turnstile';
import type { Tx } from './tx';

/** What a turnstile sees of a transaction. */
function aTransaction() {
  let end: () => void = () => undefined;
  const tx = { onEnded: (listener: () => void) => (end = listener) } as unknown as Tx;
  return { tx, end: () => end() };
}

describe('Turnstile', () => {
  it('lets one in at a time, in the order they came', async () => {
    const turnstile = new Turnstile();
    const [first, second, third] = [aTransaction(), aTransaction(), aTransaction()];
    const inside: string[] = [];
    await turnstile.enter(first.tx);
    const others = [
      turnstile.enter(second.tx).then(() => inside.push('second')),
      turnstile.enter(third.tx).then(() => inside.push('third')),
    ];
    await turnstile.enter(first.tx);
    expect(inside).toEqual([]);
    first.end();
    await others[0];
    expect(inside).toEqual(['second']);
    second.end();
    await others[1];
    expect(inside).toEqual(['second', 'third']);
    third.end();
    await turnstile.enter(first.tx);
  });
});
