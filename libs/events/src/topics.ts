/** Who alone may publish on a topic; `channel` stands for every channel service (webchat, whatsapp, voice). */
export type TopicOwner = 'channel' | 'gateway' | 'inbox' | 'routing' | 'identity';

/**
 * Every topic with its owner and kind. *work* topics keep 7 days; *entity* topics carry whole state and keep
 * the newest event of each key for ever, so that a new consumer group can start from them.
 */
export const topics = {
  'inbound.v1': { owner: 'channel', kind: 'work' },
  'delivery.v1': { owner: 'channel', kind: 'work' },
  'typing.v1': { owner: 'channel', kind: 'work' },
  'agent-typing.v1': { owner: 'gateway', kind: 'work' },
  'message.v1': { owner: 'inbox', kind: 'work' },
  'outbound.v1': { owner: 'inbox', kind: 'work' },
  'conversation.v1': { owner: 'inbox', kind: 'work' },
  'contact.v1': { owner: 'inbox', kind: 'entity' },
  'work.v1': { owner: 'routing', kind: 'work' },
  'offer.v1': { owner: 'routing', kind: 'work' },
  'presence.v1': { owner: 'routing', kind: 'work' },
  'queue.v1': { owner: 'routing', kind: 'entity' },
  'tenant.v1': { owner: 'identity', kind: 'entity' },
  'person.v1': { owner: 'identity', kind: 'entity' },
  'session.v1': { owner: 'identity', kind: 'work' },
} as const satisfies Record<string, { owner: TopicOwner; kind: 'work' | 'entity' }>;

export type TopicName = keyof typeof topics;
