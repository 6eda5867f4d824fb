import { Env, env } from '@cordboard/service-kit';

/** How long things may take before routing acts by itself. */
export class RoutingConfig {
  @Env('OFFER_TIMEOUT_MS', env.int(500, 600_000), 'How long an agent may let an offer ring before it goes to the next.')
  offerTimeoutMs = 20_000;

  @Env('LEASE_MS', env.int(1000, 600_000), "How long an agent counts as present after the last sign of life of the window's socket.")
  leaseMs = 45_000;

  @Env('GONE_GRACE_MS', env.int(0, 600_000), 'How long an agent counts as present after the socket closed: a reload takes less.')
  goneGraceMs = 10_000;

  @Env('AGENT_GRACE_MS', env.int(0, 3_600_000), 'How long a vanished agent keeps open chats before they go back to the queue.')
  agentGraceMs = 60_000;

  @Env(
    'REFUSAL_MEMORY_MS',
    env.int(0, 3_600_000),
    'How long a conversation avoids an agent who declined or missed it, while others are free.',
  )
  refusalMemoryMs = 30_000;

  @Env('REFUSAL_PAUSE_MS', env.int(0, 600_000), 'The least time before a conversation is offered again to the agent who refused it.')
  refusalPauseMs = 3000;

  @Env('ROUTING_SWEEP_MS', env.int(50, 60_000), 'How often routing looks for waiting work by itself, wake-ups aside.')
  sweepMs = 1000;
}
