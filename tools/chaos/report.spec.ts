import { type ChaosRow, isPassed } from './report';

const row: ChaosRow = { fault: '1', shape: 'standalone', cycles: 3, messages: 100, L: 0, D: 0, O: 0, recovery_s: 4 };

describe('isPassed', () => {
  it('wants no loss, copy or swap, recovery within 30 s and nobody left untold', () => {
    expect(isPassed(row, [])).toBe(true);
    for (const change of [{ L: 1 }, { D: 1 }, { O: 1 }, { recovery_s: 30.1 }]) expect(isPassed({ ...row, ...change }, [])).toBe(false);
    expect(isPassed(row, ['two agents had one conversation'])).toBe(false);
  });
});
