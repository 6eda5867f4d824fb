import { hkdfSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolePassword, serviceRole } from '@cordboard/persistence';
import { Client } from 'pg';
import type { CordboardProcess } from './cordboard-process';

/** What whoever holds the data folder may do: open the database as its superuser or as one of the services. */
export class Operator {
  constructor(private readonly cordboard: CordboardProcess) {}

  superuser(database = 'cordboard'): Promise<Client> {
    return this.connect('cordboard', superuserPassword(this.masterKey()), database);
  }

  service(name: string): Promise<Client> {
    const role = serviceRole(name);
    return this.connect(role, rolePassword(this.masterKey(), role), 'cordboard');
  }

  /** For a role of one's own making. */
  address(role: string, password: string, database: string): string {
    const postmaster = this.cordboard.postmaster;
    if (!postmaster) throw new Error('The embedded PostgreSQL does not run.');
    return `postgres://${role}:${password}@127.0.0.1:${postmaster.port}/${database}`;
  }

  private masterKey(): Buffer {
    return Buffer.from(readFileSync(join(this.cordboard.dataFolder, 'master.key'), 'utf8').trim(), 'hex');
  }

  private async connect(role: string, password: string, database: string): Promise<Client> {
    const client = new Client({ connectionString: this.address(role, password, database), connectionTimeoutMillis: 5000 });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }
}

/** Of the PostgreSQL in the data folder. */
export const superuserPassword = (masterKey: Buffer): string =>
  Buffer.from(hkdfSync('sha256', masterKey, '', 'cordboard embedded superuser', 32)).toString('hex');
