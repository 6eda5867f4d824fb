import { Env, env } from '@cordboard/service-kit';

/** Settings of the inbox. */
export class InboxConfig {
  @Env('INBOX_LANES', env.int(1, 32), 'Lanes in which messages and notes of agents are committed in groups; one makes the largest groups.')
  lanes = 1;

  @Env('INBOX_LANE_QUEUE', env.int(1, 10_000), 'Most messages and notes that wait in one lane; more are refused with a time to come back.')
  laneQueue = 200;
}
