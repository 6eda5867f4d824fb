import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import { type Observable, throwError } from 'rxjs';

/**
 * Nest turns what a message or event handler throws into "Internal server error" before the transport sees it.
 * The transports of Cordboard need the error itself: the RPC server to map it, the bus to count the attempt.
 */
@Catch()
export class RethrowFilter extends BaseExceptionFilter implements ExceptionFilter {
  override catch(exception: unknown, host: ArgumentsHost): Observable<never> | undefined {
    if (host.getType() === 'rpc') return throwError(() => exception);
    super.catch(exception, host);
    return undefined;
  }
}
