import * as events from '@cordboard/events';
import type { Consumer } from './find-consumers';

type Definition = Pick<events.EventDefinition, 'type' | 'topic' | 'doc'> & { key: (data: never) => string };

const owners: Record<events.TopicOwner, string> = {
  channel: 'the channels',
  gateway: 'gateway',
  inbox: 'inbox',
  routing: 'routing',
  identity: 'identity',
};
const kinds = { work: 'work topic, kept 7 days', entity: 'entity topic, the newest event of each key kept for ever' };
const modes = { each: 'one at a time', batch: 'in batches', tail: 'tail, every replica' };

/** docs/flow.md: who publishes each event, under which key, and who takes it. Throws when a handler takes an event that is not in the catalogue. */
export function flowPage(consumers: readonly Consumer[], definitions: Record<string, unknown> = events): string {
  const byName = new Map(consumers.flatMap((consumer) => consumer.events.map((name) => [name, typeOf(definitions, name, consumer)])));
  const sections = [...events.catalogue]
    .sort((a, b) => a.type.localeCompare(b.type))
    .map((definition) =>
      section(
        definition,
        consumers.filter((consumer) => consumer.events.some((name) => byName.get(name) === definition.type)),
      ),
    );
  return [
    '# Who tells whom',
    '',
    '<!-- Written by `npm run generate` from libs/events and the handlers in apps; do not edit. -->',
    '',
    'Every event of the catalogue: when it is published and by whom, which key keeps its order, and which handlers take it.',
    'An event has one owner; a handler with a group runs in one replica, a tail runs in every replica and stores nothing.',
    '',
    ...topicTable(),
    ...sections.flat(),
  ].join('\n');
}

function typeOf(definitions: Record<string, unknown>, name: string, consumer: Consumer): string {
  const definition = definitions[name] as Partial<Definition> | undefined;
  if (!definition?.type || !events.catalogue.some((known) => known.type === definition.type)) {
    throw new Error(`${consumer.app}: ${consumer.handler} takes ${name}, which is no event of the catalogue.`);
  }
  return definition.type;
}

function topicTable(): string[] {
  const rows = Object.entries(events.topics).map(([topic, { owner, kind }]) => {
    const types = events.catalogue.filter((definition) => definition.topic === topic).map((definition) => `\`${definition.type}\``);
    return `| \`${topic}\` | ${owners[owner]} | ${kind} | ${types.join(', ')} |`;
  });
  return ['| Topic | Owner | Kind | Events |', '|---|---|---|---|', ...rows, ''];
}

function section(definition: Definition, consumers: readonly Consumer[]): string[] {
  const { owner, kind } = events.topics[definition.topic];
  const rows = consumers
    .map(
      (consumer) =>
        `| ${consumer.app} | \`${consumer.handler}\` | ${modes[consumer.mode]} | ${consumer.group ? `\`${consumer.group}\`` : '–'} |`,
    )
    .sort();
  return [
    `## ${definition.type}`,
    '',
    definition.doc,
    '',
    `Published by ${owners[owner]} on \`${definition.topic}\` (${kinds[kind]}); key \`${keyOf(definition)}\`.`,
    '',
    ...(rows.length > 0 ? ['| Service | Handler | How | Group |', '|---|---|---|---|', ...rows] : ['Nobody takes it yet.']),
    '',
  ];
}

/** The key with the names of the payload's fields in place of their values. */
function keyOf(definition: Definition): string {
  return `{tenant}:${definition.key(placeholder([]) as never)}`;
}

function placeholder(path: readonly string[]): object {
  return new Proxy(
    {},
    {
      get: (_target, property) =>
        property === Symbol.toPrimitive ? () => `{${path.join('.')}}` : placeholder([...path, String(property)]),
    },
  );
}
