import { Module } from '@nestjs/common';
import { ReadMarks } from '../live/read-marks';
import { ContextFactory } from '../schema/context-factory';
import { ActorTokens } from './actor-tokens';
import { Services } from './services';
import { Sessions } from './sessions';

const providers = [ActorTokens, Services, Sessions, ReadMarks, ContextFactory];

/** Who asks, and how the gateway asks on their behalf. */
@Module({ providers, exports: providers })
export class SessionModule {}
