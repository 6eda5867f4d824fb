import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { filesUnder } from '../lib/files';
import { importedNames } from '../lib/imported-names';

/** A handler: which events a service takes, and how. `events` are export names of @cordboard/events. */
export interface Consumer {
  app: string;
  handler: string;
  mode: 'each' | 'batch' | 'tail';
  /** Missing for a tail. */
  group?: string;
  events: string[];
}

const modes = { OnEvent: 'each', OnEventBatch: 'batch', OnTail: 'tail', OnTailBatch: 'tail' } as const;

/** Every event handler of every app, read from its decorator. Throws where a decorator cannot be read. */
export function findConsumers(root: string): Consumer[] {
  return filesUnder(root, ['apps'], /^apps\/[^/]+\/src\/.*(?<!spec)\.ts$/).flatMap((path) =>
    consumersIn(path, readFileSync(join(root, path), 'utf8')),
  );
}

/** The handlers of one file. */
export function consumersIn(path: string, text: string): Consumer[] {
  if (!text.includes('@cordboard/event-bus')) return [];
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const decorators = importedNames(source, '@cordboard/event-bus');
  const definitions = importedNames(source, '@cordboard/events');
  const consumers: Consumer[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isMethodDeclaration(node)) {
      for (const decorator of ts.getDecorators(node) ?? []) {
        const call = decorator.expression;
        if (!ts.isCallExpression(call)) continue;
        const mode = modes[decorators.get(call.expression.getText()) as keyof typeof modes];
        if (mode) consumers.push(consumerOf(node, call, mode));
      }
    }
    ts.forEachChild(node, visit);
  };
  const consumerOf = (method: ts.MethodDeclaration, call: ts.CallExpression, mode: Consumer['mode']): Consumer => {
    const group = mode === 'tail' ? undefined : groupOf(source, call.arguments[1]);
    const handler = `${(method.parent as ts.ClassDeclaration).name?.text ?? 'anonymous'}.${method.name.getText()}`;
    return {
      app: path.split('/')[1] ?? path,
      handler,
      mode,
      ...(group ? { group } : {}),
      events: eventsOf(source, call.arguments[0], definitions),
    };
  };
  visit(source);
  return consumers;
}

function unreadable(source: ts.SourceFile, node: ts.Node | undefined, what: string): Error {
  const line = source.getLineAndCharacterOfPosition(node?.getStart() ?? 0).line + 1;
  return new Error(`${source.fileName}:${line}: ${what} cannot be read from the decorator; write it there by its name.`);
}

/** The constant a name stands for in this file, without `as const`. */
function meaning(source: ts.SourceFile, node: ts.Expression | undefined): ts.Expression | undefined {
  if (node && (ts.isAsExpression(node) || ts.isSatisfiesExpression(node))) return meaning(source, node.expression);
  if (!node || !ts.isIdentifier(node)) return node;
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    const declared = statement.declarationList.declarations.find((declaration) => declaration.name.getText() === node.text);
    if (declared?.initializer) return meaning(source, declared.initializer);
  }
  return node;
}

function eventsOf(source: ts.SourceFile, argument: ts.Expression | undefined, definitions: Map<string, string>): string[] {
  const value = meaning(source, argument);
  const elements = value && ts.isArrayLiteralExpression(value) ? [...value.elements] : [value];
  return elements.map((element) => {
    const name = element && definitions.get(element.getText());
    if (!name) throw unreadable(source, element ?? argument, 'which events the handler takes');
    return name;
  });
}

function groupOf(source: ts.SourceFile, argument: ts.Expression | undefined): string {
  const options = meaning(source, argument);
  if (options && ts.isObjectLiteralExpression(options)) {
    for (const property of options.properties) {
      if (property.name?.getText() !== 'group') continue;
      const value = ts.isPropertyAssignment(property)
        ? meaning(source, property.initializer)
        : ts.isShorthandPropertyAssignment(property)
          ? meaning(source, property.name)
          : undefined;
      if (value && ts.isStringLiteralLike(value)) return value.text;
    }
  }
  throw unreadable(source, argument, 'the group of the handler');
}
