import type { ServiceDefinition } from '@cordboard/service-kit';

/** Services by name, each loaded only where it runs: a process carries no other's code. */
export const parts: Record<string, () => Promise<ServiceDefinition>> = {
  identity: async () => (await import('../../identity/src/service')).identityService,
  inbox: async () => (await import('../../inbox/src/service')).inboxService,
  routing: async () => (await import('../../routing/src/service')).routingService,
  webchat: async () => (await import('../../webchat/src/service')).webchatService,
  gateway: async () => (await import('../../gateway/src/service')).gatewayService,
};

/** Carries the log to Kafka; needs no service's code. */
export const relay = 'relay';
