import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { limits } from '../limits/limits';
import { limitsPlugin } from '../limits/limits.plugin';
import { formatError } from './client-error';
import type { ContextFactory } from './context-factory';
import { errorLogPlugin } from './error-log.plugin';
import { withoutPlainResolvers } from './plain-fields';

/** Apollo Server as the gateway wants it: no landing page, no batches, no suggestions to strangers, limits on. */
export function graphqlOptions(contexts: ContextFactory, log: Logger): ApolloDriverConfig {
  return {
    driver: ApolloDriver,
    path: '/graphql',
    autoSchemaFile: true,
    buildSchemaOptions: { numberScalarMode: 'integer' },
    fieldResolverEnhancers: ['guards'],
    context: (request: FastifyRequest, reply: FastifyReply) => contexts.ofRequest(request, reply),
    formatError,
    autoTransformHttpErrors: false,
    transformSchema: withoutPlainResolvers,
    // Cache hints would wrap every field's resolver, and nothing here may be cached.
    plugins: [ApolloServerPluginCacheControlDisabled(), limitsPlugin, errorLogPlugin(log)],
    parseOptions: { maxTokens: limits.tokens },
    csrfPrevention: true,
    introspection: true,
    playground: false,
    hideSchemaDetailsFromClientErrors: true,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
  };
}
