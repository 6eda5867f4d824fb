import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const places = [
  '/usr/bin',
  '/usr/local/bin',
  '/snap/bin',
  '/opt/google/chrome/chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export const howToGetABrowser =
  'Get one (Debian, Ubuntu: apt-get install chromium; macOS: brew install --cask chromium), or set CHROMIUM to the path of yours.';

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Path of a Chromium: CHROMIUM, the PATH, then the usual places. Throws when CHROMIUM names a file that cannot be run. */
export function findBrowser(environment: Record<string, string | undefined>, runs: (path: string) => boolean = canRun): string | undefined {
  const named = environment.CHROMIUM;
  if (named) {
    if (runs(named)) return named;
    throw new Error(`CHROMIUM is ${named}, which is not a program this user can run. ${howToGetABrowser}`);
  }
  const folders = [...(environment.PATH ?? '').split(delimiter).filter(Boolean), ...places];
  return [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...places].find(runs);
}
