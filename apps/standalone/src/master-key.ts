import { hkdfSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from './start-error';

/** The key every other key and password is derived from: given, or made once and kept with mode 0600. */
export function loadMasterKey(given: string, dataFolder: string): Buffer {
  if (given) return Buffer.from(given, 'hex');
  const path = join(dataFolder, 'master.key');
  try {
    mkdirSync(dataFolder, { recursive: true });
    return readKey(path) ?? makeKey(path);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(
      `The data folder ${dataFolder} cannot be used: ${(error as Error).message}. Free some space, mend its rights or set CORDBOARD_DATA.`,
    );
  }
}

/** An independent 32-byte key for one purpose (HKDF, RFC 5869). */
export function deriveKey(masterKey: Buffer, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', masterKey, '', `cordboard ${purpose}`, 32));
}

function readKey(path: string): Buffer | undefined {
  try {
    const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex');
    if (key.length === 32) return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  throw new StartError(`${path} does not hold 64 hexadecimal digits. Put the right key back: without it the data cannot be opened.`);
}

function makeKey(path: string): Buffer {
  const key = randomBytes(32);
  writeFileSync(path, `${key.toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  return key;
}
