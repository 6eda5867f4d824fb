import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as events from '@cordboard/events';
import { filesUnder } from '../../lib/files';

type Entry = Pick<events.EventDefinition, 'type' | 'topic' | 'doc'> & { key: (data: never) => string };

const grammar = /^[a-z]+(?:-[a-z]+)*\.(?:[a-z-]*ed|made|sent|taken)$/;
const folder = 'libs/events/src/events';

/** Every event is one file, stands in the catalogue and the index, and keeps the house's grammar. */
export function checkCatalogue(root: string): string[] {
  const files = filesUnder(root, [folder], /(?<!spec)\.ts$/).map((path) => path.slice(folder.length + 1, -'.ts'.length));
  const exported = new Set<unknown>(Object.values(events));
  return [
    ...entryOffences(events.catalogue),
    ...fileOffences(events.catalogue, files),
    ...unusedTopics(events.catalogue, Object.keys(events.topics)),
    ...events.catalogue.filter((definition) => !exported.has(definition)).map(({ type }) => `${type} is not exported from libs/events`),
    ...longFiles(root, files),
  ];
}

/** Offences of single events: name, sentence, key. */
export function entryOffences(catalogue: readonly Entry[]): string[] {
  const offences: string[] = [];
  for (const [index, { type, doc, topic, key }] of catalogue.entries()) {
    if (!grammar.test(type)) offences.push(`${type} is not of the form <aggregate>.<past participle>`);
    if (catalogue.findIndex((other) => other.type === type) !== index) offences.push(`${type} stands in the catalogue twice`);
    if (!/^Published (when|after) .+\.$/.test(doc)) offences.push(`${type}: its doc must be a sentence that begins "Published when"`);
    if (!/\.v\d+$/.test(topic)) offences.push(`${type}: its topic ${topic} has no version`);
    if (!/^[\w-]+:|\$\{/.test(String(key).replace(/^.*?`/s, '')))
      offences.push(`${type}: its key must begin with what it is about (conversation:…)`);
  }
  return offences;
}

/** One file an event, named after it. */
export function fileOffences(catalogue: readonly Entry[], files: readonly string[]): string[] {
  const wanted = catalogue.map(({ type }) => type.replace('.', '-'));
  return [
    ...wanted.filter((name) => !files.includes(name)).map((name) => `${folder}/${name}.ts is missing: an event has a file named after it`),
    ...files.filter((name) => !wanted.includes(name)).map((name) => `${folder}/${name}.ts is no event of the catalogue`),
  ];
}

/** Topics nothing is published on. */
export function unusedTopics(catalogue: readonly Entry[], topics: readonly string[]): string[] {
  return topics
    .filter((topic) => !catalogue.some((definition) => definition.topic === topic))
    .map((topic) => `no event is published on ${topic}`);
}

function longFiles(root: string, files: readonly string[]): string[] {
  return files
    .filter((name) => readFileSync(join(root, folder, `${name}.ts`), 'utf8').split('\n').length > 70)
    .map((name) => `${folder}/${name}.ts is longer than 70 lines: move its shapes to libs/events/src/shapes`);
}
