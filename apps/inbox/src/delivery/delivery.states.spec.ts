import { type DeliveryStatus, deliveryStatusSchema } from '@cordboard/events';
import fc from 'fast-check';
import { deliveryOrder, movesForward } from './delivery.states';

const status = fc.constantFrom(...deliveryOrder);
const statusAfter = (reports: readonly DeliveryStatus[]) =>
  reports.reduce<DeliveryStatus>((stands, report) => (movesForward(stands, report) ? report : stands), 'pending');

describe('the delivery status', () => {
  it('has a place for every status there is', () => {
    expect([...deliveryOrder].sort()).toEqual([...deliveryStatusSchema.options].sort());
  });

  it('is the same in the end whatever order the reports come in', () => {
    fc.assert(
      fc.property(
        fc
          .array(status, { maxLength: 8 })
          .chain((reports) => fc.tuple(fc.constant(reports), fc.shuffledSubarray(reports, { minLength: reports.length }))),
        ([reports, shuffled]) => expect(statusAfter(shuffled)).toBe(statusAfter(reports)),
      ),
    );
  });

  it('never goes back from delivered or read', () => {
    fc.assert(
      fc.property(fc.constantFrom<DeliveryStatus>('delivered', 'read'), fc.array(status), (reached, later) => {
        expect(['delivered', 'read']).toContain(statusAfter([reached, ...later]));
        expect(statusAfter(['read', ...later])).toBe('read');
      }),
    );
  });

  it.each([
    ['sent', 'failed', true],
    ['delivered', 'failed', false],
    ['read', 'sent', false],
    ['unknown', 'sent', true],
    ['sent', 'unknown', false],
    ['pending', 'pending', false],
  ] as const)('from %s to %s: %s', (from, to, moves) => {
    expect(movesForward(from, to)).toBe(moves);
  });

  it('of an entry that has none does not move', () => {
    for (const reported of deliveryOrder) expect(movesForward(null, reported)).toBe(false);
  });
});
