import { kafkaTopic, topicConfigs, topicsOf } from './topics';

describe('topics on Kafka', () => {
  it('carry all work in one, so that a key keeps its order across topics of the catalogue', () => {
    expect(topicsOf('cordboard', ['conversation.opened', 'outbound.requested', 'message.recorded'])).toEqual(['cordboard.work.v1']);
  });

  it('carry each entity in a compacted one of its own', () => {
    expect(kafkaTopic('cordboard', 'queue.changed')).toBe('cordboard.queue.v1');
    const policies = topicConfigs({ brokers: [] }).map(({ topic, configEntries }) => [topic, configEntries?.[0]?.value]);
    expect(policies).toEqual(
      expect.arrayContaining([
        ['cordboard.work.v1', 'delete'],
        ['cordboard.queue.v1', 'compact'],
      ]),
    );
  });

  it('are not made up for an unknown event', () => {
    expect(() => kafkaTopic('cordboard', 'nothing.happened')).toThrow('nothing.happened is not in the event catalogue');
  });
});
