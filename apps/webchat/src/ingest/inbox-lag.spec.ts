import { Metrics } from '@cordboard/service-kit';
import { WebchatConfig } from '../webchat.config';
import { InboxLag } from './inbox-lag';

describe('the lag of the inbox', () => {
  let now = 10_000;
  beforeEach(() => {
    now = 10_000;
    jest.spyOn(performance, 'now').mockImplementation(() => now);
  });
  afterEach(() => jest.restoreAllMocks());
  const aLag = () => new InboxLag(new WebchatConfig(), new Metrics('test', false));

  it('is nothing while nothing is on its way', () => {
    expect(aLag().ms()).toBe(0);
  });

  it('grows while an acknowledged message is not recorded, and falls when it is', () => {
    const lag = aLag();
    lag.accepted('v');
    now += 1_500;
    expect(lag.ms()).toBe(1_500);
    expect(lag.sheds(() => 0.49)).toBe(true);
    expect(lag.sheds(() => 0.51)).toBe(false);
    now += 700;
    expect(lag.sheds(() => 0.99)).toBe(true);
    lag.recorded('v');
    now += 600;
    expect(lag.ms()).toBe(0);
  });

  it('does not put anybody off for an inbox that is away, until it is back and catches up', () => {
    const lag = aLag();
    lag.accepted('v');
    now += 6_000;
    expect(lag.sheds(() => 0)).toBe(false);
    lag.accepted('w');
    now += 3_000;
    expect(lag.sheds(() => 0)).toBe(false);
    lag.recorded('v');
    expect(lag.sheds(() => 0)).toBe(true);
    lag.recorded('w');
    now += 600;
    expect(lag.sheds(() => 0)).toBe(false);
  });

  it('is not held up by one conversation that is parked', () => {
    const lag = aLag();
    lag.accepted('parked');
    now += 100;
    lag.accepted('v');
    now += 50;
    lag.recorded('v');
    now += 4_000;
    expect(lag.ms()).toBe(0);
  });
});
