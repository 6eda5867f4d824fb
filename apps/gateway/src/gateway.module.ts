import { LOG } from '@cordboard/service-kit';
import { ApolloDriver } from '@nestjs/apollo';
import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { ConsoleFiles } from './console/console-files';
import { HttpRules } from './console/http-rules';
import { ConversationFeed } from './live/conversation-feed';
import { Heads } from './live/heads';
import { LiveHub } from './live/live-hub';
import { People } from './live/people';
import { TailController } from './live/tail.controller';
import { Typing } from './live/typing';
import { ContextFactory } from './schema/context-factory';
import { DateTimeScalar } from './schema/date-time.scalar';
import { graphqlOptions } from './schema/graphql-options';
import { resolvers } from './schema/resolvers';
import { UnavailablePlugin } from './schema/unavailable.plugin';
import { AccessGuard } from './session/access.guard';
import { SessionModule } from './session/session.module';
import { Leases } from './sockets/leases';
import { SocketServer } from './sockets/socket-server';
import { Sockets } from './sockets/sockets';

const graphql = GraphQLModule.forRootAsync({
  driver: ApolloDriver,
  imports: [SessionModule],
  inject: [ContextFactory, LOG],
  useFactory: graphqlOptions,
});

@Module({
  imports: [SessionModule, graphql],
  controllers: [TailController],
  providers: [
    { provide: APP_GUARD, useClass: AccessGuard },
    ...resolvers,
    DateTimeScalar,
    UnavailablePlugin,
    ...[LiveHub, ConversationFeed, Heads, People, Typing],
    ...[SocketServer, Sockets, Leases],
    ...[HttpRules, ConsoleFiles],
  ],
})
export class GatewayModule {}
