import { BackOff } from './back-off';

describe('starting a crashed process again', () => {
  it('waits twice as long after each crash, ten seconds at most', () => {
    const backOff = new BackOff();
    const waits = Array.from({ length: 9 }, () => backOff.next(500));
    expect(waits).toEqual([100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]);
  });

  it('takes a crash after half a minute for the first', () => {
    const backOff = new BackOff();
    for (let crash = 0; crash < 5; crash++) backOff.next(500);
    expect(backOff.next(30_000)).toBe(100);
    expect(backOff.next(500)).toBe(200);
  });
});
