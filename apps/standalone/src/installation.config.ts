import { Env } from '@cordboard/service-kit';
import { z } from 'zod';

/** What every process of an installation has to know, in one process or in many. */
export class InstallationConfig {
  @Env(
    'DATABASE_URL',
    z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres://'),
    'A PostgreSQL ≥ 15 of your own instead of the embedded one; its user must be able to create roles.',
  )
  databaseUrl = '';

  @Env(
    'CORDBOARD_MASTER_KEY',
    z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits'),
    'Key all others are derived from; without it one is made and kept in the data folder.',
  )
  masterKey = '';

  @Env('LOG_LEVEL', z.enum(['trace', 'debug', 'info', 'warn', 'error']), 'What goes into the log file: trace, debug, info, warn or error.')
  logLevel = 'info';
}
