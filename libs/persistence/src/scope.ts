/**
 * Under which rows a transaction works (architecture decision 5).
 * *tenant* reads and writes one tenant; *batch* reads and writes exactly the tenants of a batch of events;
 * *viewer* reads a set and writes nothing; *system* sees no tenant's rows at all, only operator-level tables
 * and what `SECURITY DEFINER` functions return.
 */
export type Scope =
  | { kind: 'tenant'; tenantId: string }
  | { kind: 'batch'; tenantIds: readonly string[] }
  | { kind: 'viewer'; tenantIds: readonly string[] }
  | { kind: 'system' };

/** The `set_config` arguments that put a transaction into the scope. */
export function scopeSettings(scope: Scope): [kind: string, tenantIds: string] {
  const ids = scope.kind === 'system' ? [] : scope.kind === 'tenant' ? [scope.tenantId] : scope.tenantIds;
  return [scope.kind, `{${ids.join(',')}}`];
}
