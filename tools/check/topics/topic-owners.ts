import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as events from '@cordboard/events';
import ts from 'typescript';
import { filesUnder } from '../../lib/files';
import { importedNames } from '../../lib/imported-names';

/** Services that are channels: together they own the topics of `channel`. */
const channels = ['webchat', 'whatsapp', 'voice'];
/** What may be done with a definition one does not own: take its events, tell them apart. */
const consuming = ['OnEvent', 'OnEventBatch', 'OnTail', 'isEvent'];

/** Every topic has one owner: no service hands a definition of another's topic to anything that publishes. */
export function checkTopicOwners(root: string): string[] {
  return filesUnder(root, ['apps'], /^apps\/[^/]+\/src\/.*(?<!spec)\.ts$/).flatMap((path) =>
    foreignTopics(path, readFileSync(join(root, path), 'utf8')),
  );
}

/** Offences in one file: a definition as an argument of a call that is not consuming, or a `source` that is not the service's. */
export function foreignTopics(path: string, text: string): string[] {
  if (!text.includes('@cordboard/events')) return [];
  const app = path.split('/')[1] ?? '';
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imported = importedNames(source, '@cordboard/events');
  const fromBus = importedNames(source, '@cordboard/event-bus');
  const offences: string[] = [];
  const offend = (node: ts.Node, message: string) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    offences.push(`${path}:${line + 1}: ${message}`);
  };
  const visit = (node: ts.Node) => {
    if (ts.isCallExpression(node)) {
      const callee = node.expression.getText();
      if (!consuming.includes(fromBus.get(callee) ?? callee)) for (const argument of node.arguments) visitArgument(argument);
      if (imported.get(callee) === 'newEvent') visitOrigin(node.arguments[1]);
    }
    ts.forEachChild(node, visit);
  };
  const visitArgument = (argument: ts.Expression) => {
    const definition = topicOf(imported.get(argument.getText()));
    if (!definition) return;
    const { owner } = events.topics[definition.topic];
    const owns = owner === 'channel' ? channels.includes(app) : owner === app;
    if (!owns)
      offend(
        argument,
        `${app} publishes ${definition.type}, but ${definition.topic} belongs to ${owner === 'channel' ? 'the channels' : owner}`,
      );
  };
  const visitOrigin = (origin: ts.Expression | undefined) => {
    if (!origin || !ts.isObjectLiteralExpression(origin)) return;
    for (const property of origin.properties) {
      if (!ts.isPropertyAssignment(property) || property.name.getText() !== 'source' || !ts.isStringLiteralLike(property.initializer))
        continue;
      if (property.initializer.text !== app) offend(property, `${app} names ${property.initializer.text} as the source of its event`);
    }
  };
  visit(source);
  return offences;
}

function topicOf(name: string | undefined): events.EventDefinition | undefined {
  return events.catalogue.find((definition) => name !== undefined && definition === (events as Record<string, unknown>)[name]);
}
