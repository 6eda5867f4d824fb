import { findBrowser } from './find-browser';

const only = (path: string) => (candidate: string) => candidate === path;

describe('finding a browser', () => {
  it('takes the one CHROMIUM names before any other', () => {
    expect(findBrowser({ CHROMIUM: '/opt/mine', PATH: '/usr/bin' }, () => true)).toBe('/opt/mine');
  });

  it('says so when CHROMIUM names nothing that runs', () => {
    expect(() => findBrowser({ CHROMIUM: '/opt/gone' }, only('/usr/bin/chromium'))).toThrow('CHROMIUM is /opt/gone');
  });

  it.each(['/home/me/bin/google-chrome', '/usr/bin/chromium-browser', '/Applications/Chromium.app/Contents/MacOS/Chromium'])(
    'finds %s',
    (path) => {
      expect(findBrowser({ PATH: '/home/me/bin' }, only(path))).toBe(path);
    },
  );

  it('finds none where there is none', () => {
    expect(findBrowser({ PATH: '/usr/bin' }, () => false)).toBeUndefined();
  });
});
