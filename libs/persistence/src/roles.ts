import { createHmac } from 'node:crypto';

/** The database role a service connects as. */
export const serviceRole = (service: string) => `cordboard_${service}`;

/** Each role's password follows from the master key, so nothing has to be stored or handed round. */
export function rolePassword(masterKey: Buffer, role: string): string {
  return createHmac('sha256', masterKey).update(`database role ${role}`).digest('hex');
}
