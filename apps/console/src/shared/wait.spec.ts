import { clockText, waitState } from './wait';

const queue = { targetMs: 120_000, nearMs: 80_000 };

describe('a wait clock', () => {
  it.each([
    [0, 'ok'],
    [79_999, 'ok'],
    [80_000, 'near'],
    [119_999, 'near'],
    [120_000, 'breached'],
    [9_000_000, 'breached'],
  ] as const)('after %d ms means %s', (waited, state) => {
    expect(waitState(waited, queue)).toBe(state);
  });

  it('makes no claim without a queue', () => {
    expect(waitState(9_000_000, undefined)).toBe('ok');
  });

  it.each([
    [-5000, '0:00'],
    [42_900, '0:42'],
    [725_000, '12:05'],
    [3_723_000, '1:02:03'],
  ] as const)('shows %d ms as %s', (ms, text) => {
    expect(clockText(ms)).toBe(text);
  });
});
