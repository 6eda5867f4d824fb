import 'reflect-metadata';
import { Query, Resolver } from '@nestjs/graphql';
import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { answeringCount, unguarded } from '../../testing/unguarded';
import { Public } from '../session/access';
import { resolvers } from './resolvers';
import { buildSchema } from './schema-text';

describe('the public schema', () => {
  let schema: GraphQLSchema;
  beforeAll(async () => {
    schema = await buildSchema();
  });

  it('describes every type, field, argument and enum value', () => {
    expect(Object.values(schema.getTypeMap()).flatMap(undescribed)).toEqual([]);
  });

  it('says of every field that is resolved who may use it', () => {
    expect(unguarded(resolvers)).toEqual([]);
  });

  it('has no root field but those of the resolvers that are checked', () => {
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    const fields = roots.flatMap((root) => Object.keys(root?.getFields() ?? {}));
    expect(fields.length).toBeLessThanOrEqual(answeringCount(resolvers));
    expect(fields.length).toBeGreaterThan(20);
  });

  it('is not fooled by a resolver that forgot its guard', () => {
    @Resolver()
    class Forgetful {
      @Query(() => String)
      open() {
        return 'everything';
      }

      @Public()
      @Query(() => String)
      meant() {
        return 'hello';
      }
    }
    expect(unguarded([Forgetful])).toEqual(['Forgetful.open']);
  });
});

type Described = { name: string; description?: string | null };

function undescribed(type: ReturnType<GraphQLSchema['getTypeMap']>[string]): string[] {
  if (type.name.startsWith('__') || ['ID', 'Int', 'String', 'Boolean'].includes(type.name)) return [];
  const root = ['Query', 'Mutation', 'Subscription'].includes(type.name);
  const parts: Described[] = root ? [] : [type];
  if (isEnumType(type)) parts.push(...type.getValues().map(({ name, description }) => ({ name: `${type.name}.${name}`, description })));
  if (isInputObjectType(type)) parts.push(...Object.values(type.getFields()).map((field) => named(type.name, field)));
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const field of Object.values(type.getFields())) {
      parts.push(named(type.name, field), ...field.args.map((argument) => named(`${type.name}.${field.name}`, argument)));
    }
  }
  return parts.filter(({ description }) => !description).map(({ name }) => name);
}

const named = (owner: string, { name, description }: Described) => ({ name: `${owner}.${name}`, description });
