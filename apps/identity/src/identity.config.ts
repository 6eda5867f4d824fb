import { Env, env } from '@cordboard/service-kit';

export class IdentityConfig {
  @Env('SESSION_IDLE_MS', env.int(60_000, 604_800_000), 'A session ends after this long without use.')
  sessionIdleMs = 12 * 3_600_000;

  @Env('SESSION_MAX_MS', env.int(60_000, 2_592_000_000), 'A session ends after this long in any case.')
  sessionMaxMs = 7 * 24 * 3_600_000;

  @Env('SIGN_IN_ACCOUNT_FAILURES', env.int(1, 1000), 'Wrong passwords in 15 minutes after which an account has to wait.')
  accountFailures = 5;

  @Env('SIGN_IN_ADDRESS_FAILURES', env.int(1, 100_000), 'Wrong passwords in 15 minutes after which a network address has to wait.')
  addressFailures = 30;
}
