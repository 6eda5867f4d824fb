import { catalogue, type Envelope, topics } from '@cordboard/events';

/** bus.append as a statement, for writers that hold their transaction in their own hands. */
export function appendStatement(events: readonly Envelope[]) {
  const topic = (event: Envelope) => {
    const definition = catalogue.find(({ type }) => type === event.type);
    if (!definition) throw new Error(`${event.type} is not in the event catalogue.`);
    return definition.topic;
  };
  return {
    text: 'select bus.append($1::text[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::boolean[], $7::text[])',
    values: [
      events.map(topic),
      events.map((event) => event.tenantid),
      events.map((event) => event.id),
      events.map((event) => event.partitionkey),
      events.map((event) => event.type),
      events.map((event) => topics[topic(event)].kind === 'entity'),
      events.map((event) => JSON.stringify(event)),
    ],
  };
}
