import fc from 'fast-check';
import { FairQueue } from './fair-queue';

describe('the fair queue', () => {
  it('takes turns between tenants, first in first out within each', () => {
    const queue = new FairQueue<string>(100);
    for (const item of ['a1', 'a2', 'a3', 'b1']) queue.offer(item.slice(0, 1), item);
    expect(queue.take(3)).toEqual(['a1', 'b1', 'a2']);
    expect(queue.take(3)).toEqual(['a3']);
  });

  it('is never longer than allowed, and leaves room for who has little', () => {
    const queue = new FairQueue<number>(10);
    queue.offer('small', 0);
    const taken = Array.from({ length: 20 }, (_, index) => queue.offer('big', index)).filter(Boolean);
    expect(taken).toHaveLength(5);
    expect(queue.offer('small', 1)).toBe(true);
    for (let index = 0; index < 20; index++) queue.offer(`other ${index}`, index);
    expect(queue.size).toBe(10);
  });

  it('loses nothing and keeps each tenant’s order, whatever is offered and taken', () => {
    const step = fc.oneof(fc.record({ tenant: fc.constantFrom('a', 'b', 'c') }), fc.record({ take: fc.integer({ min: 1, max: 5 }) }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const queue = new FairQueue<{ tenant: string; number: number }>(1000);
        const out: { tenant: string; number: number }[] = [];
        let number = 0;
        for (const one of steps) {
          if ('tenant' in one) queue.offer(one.tenant, { tenant: one.tenant, number: number++ });
          else out.push(...queue.take(one.take));
        }
        out.push(...queue.take(1000));
        expect(out).toHaveLength(number);
        for (const tenant of ['a', 'b', 'c']) {
          const own = out.filter((item) => item.tenant === tenant).map((item) => item.number);
          expect(own).toEqual([...own].sort((x, y) => x - y));
        }
      }),
    );
  });
});
