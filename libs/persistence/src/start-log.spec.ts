import { StartLog } from './start-log';

const turnedAway = '2026-11-24 02:28:43.744 UTC [28462] FATAL:  the database system is not yet accepting connections';

describe('the log of a start', () => {
  it('hears that the server is ready behind thousands who came too early', () => {
    const log = new StartLog();
    log.hear('LOG:  database system was interrupted; last known up at 2026-11-24 02:28:41 UTC');
    for (let visitor = 0; visitor < 5000; visitor++) log.hear(turnedAway);
    expect(log.isReady).toBe(false);
    log.hear('LOG:  database system is ready to accept connections');
    expect(log.isReady).toBe(true);
  });

  it('keeps the reason for the explanation, not those who were turned away', () => {
    const log = new StartLog();
    for (let visitor = 0; visitor < 5000; visitor++) log.hear(turnedAway);
    log.hear('FATAL:  could not write lock file "postmaster.pid": No space left on device');
    expect(log.text).toBe('FATAL:  could not write lock file "postmaster.pid": No space left on device\n');
  });

  it('does not grow without end', () => {
    const log = new StartLog();
    for (let line = 0; line < 5000; line++) log.hear('LOG:  redo in progress');
    expect(log.text.length).toBeLessThan(17_000);
  });
});
