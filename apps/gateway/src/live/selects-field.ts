import { BREAK, type DocumentNode, visit } from 'graphql';

/** Whether a document asks for a field of that name anywhere. */
export function selectsField(document: DocumentNode, name: string): boolean {
  let found = false;
  visit(document, {
    Field(node) {
      if (node.name.value !== name) return undefined;
      found = true;
      return BREAK;
    },
  });
  return found;
}
