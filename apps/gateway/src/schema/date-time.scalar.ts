import { type CustomScalar, Scalar } from '@nestjs/graphql';
import { GraphQLError, Kind, type ValueNode } from 'graphql';

const shape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Instants travel as ISO 8601 text everywhere in Cordboard; the scalar hands them through. */
@Scalar('DateTime')
export class DateTimeScalar implements CustomScalar<string, string> {
  description = 'An instant, ISO 8601 with offset: `2026-01-31T08:30:00.000Z`.';

  serialize(value: unknown): string {
    return checked(value);
  }

  parseValue(value: unknown): string {
    return checked(value);
  }

  parseLiteral(node: ValueNode): string {
    return checked(node.kind === Kind.STRING ? node.value : undefined);
  }
}

function checked(value: unknown): string {
  if (typeof value === 'string' && shape.test(value)) return value;
  throw new GraphQLError('DateTime must be an ISO 8601 instant with an offset, for example "2026-01-31T08:30:00.000Z".');
}
