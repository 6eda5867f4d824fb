import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import { type Observable, throwError } from 'rxjs';

/**
 * Nest turns what a message or event handler throws into "Internal server error" before the transport sees it.
 * The transports of Cordboard need the error itself: the RPC server to map it, the bus to count the attempt, GraphQL to
 * tell the client its code. Only HTTP requests are answered by Nest.
 */
@Catch()
export class RethrowFilter extends BaseExceptionFilter implements ExceptionFilter {
  override catch(exception: unknown, host: ArgumentsHost): Observable<never> | undefined {
    const type = host.getType<string>();
    if (type === 'rpc') return throwError(() => exception);
    if (type !== 'http') throw exception;
    super.catch(exception, host);
    return undefined;
  }
}
