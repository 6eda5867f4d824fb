import { traceparentOf } from '@cordboard/service-kit';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ReadMarks } from '../live/read-marks';
import { sessionToken } from '../session/http-request';
import { Services } from '../session/services';
import type { Session } from '../session/session';
import { Sessions } from '../session/sessions';
import { asUnavailable } from './client-error';
import type { GatewayContext } from './gateway-context';
import { Loaders } from './loaders';

/** Makes the context of each operation, over HTTP and on sockets. */
@Injectable()
export class ContextFactory {
  constructor(
    private readonly sessions: Sessions,
    private readonly services: Services,
    private readonly marks: ReadMarks,
  ) {}

  async ofRequest(request: FastifyRequest, reply: FastifyReply): Promise<GatewayContext> {
    const traceparent = traceparentOf(request.headers.traceparent);
    const session = await this.sessions.resolve(sessionToken(request.raw), traceparent).catch((error: unknown) => {
      throw asUnavailable(error);
    });
    return { ...this.of(session, traceparent), http: { request, reply } };
  }

  of(session: Session | null, traceparent: string): GatewayContext {
    return { session, traceparent, loaders: new Loaders(this.services, this.marks, { session, traceparent }) };
  }
}
