import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, GraphQLError, Kind, visit } from 'graphql';
import type { GatewayContext } from '../schema/gateway-context';
import { refuseTooMuch } from './limits';

/** Before anything is executed: the size of the operation, and who may look at the schema. */
export const limitsPlugin: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, operation, request, contextValue }) {
        if (!contextValue.session && asksForSchema(document)) {
          throw new GraphQLError('Sign in to look at the schema, or read libs/graphql/schema.graphql.', {
            extensions: { code: 'NOT_SIGNED_IN', http: { status: 400 } },
          });
        }
        const tooMuch = operation && refuseTooMuch({ schema, document, operation, variables: request.variables ?? {} });
        if (tooMuch) throw tooMuch;
      },
    };
  },
};

function asksForSchema(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    [Kind.FIELD](node) {
      if (node.name.value === '__schema' || node.name.value === '__type') found = true;
    },
  });
  return found;
}
