import { type Actor, can, notAllowed, tenantsWith, UserError } from '@cordboard/rpc';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { GatewayContext } from '../schema/gateway-context';
import { ACCESS, type Access } from './access';

interface Arguments {
  tenantId?: unknown;
  input?: { tenantId?: unknown };
}

/** Stands before every resolver. A resolver that does not say who may use it is closed to everybody. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(execution: ExecutionContext): boolean {
    if (execution.getType<string>() !== 'graphql') return true;
    const access = this.reflector.get<Access | undefined>(ACCESS, execution.getHandler());
    if (!access) throw new Error(`${execution.getClass().name}.${execution.getHandler().name} does not say who may use it.`);
    if (access.kind === 'public') return true;
    const graphql = GqlExecutionContext.create(execution);
    const { session } = graphql.getContext<GatewayContext>();
    if (!session) throw new UserError('NOT_SIGNED_IN', 'Sign in first.');
    if (access.kind === 'permission' && !allowed(session.actor, access, graphql.getArgs<Arguments>())) {
      throw notAllowed('do this here');
    }
    return true;
  }
}

function allowed(actor: Actor, access: Extract<Access, { kind: 'permission' }>, args: Arguments): boolean {
  const tenantId = args.tenantId ?? args.input?.tenantId;
  if (typeof tenantId === 'string') return can(actor, access.permission, tenantId.toLowerCase());
  return tenantsWith(actor, access.permission).length > 0;
}
