import type { Permission } from '@cordboard/rpc';
import { SetMetadata } from '@nestjs/common';

/** Who may use a field: everybody, whoever is signed in, or who has a permission (in the tenant the arguments name). */
export type Access = { kind: 'public' } | { kind: 'signed-in' } | { kind: 'permission'; permission: Permission };

export const ACCESS = 'cordboard:access';

/** Anybody may ask, signed in or not. */
export const Public = () => SetMetadata(ACCESS, { kind: 'public' } satisfies Access);

/** Whoever is signed in may ask. */
export const SignedInOnly = () => SetMetadata(ACCESS, { kind: 'signed-in' } satisfies Access);

/** Who has the permission in the tenant that the arguments name, or in any tenant where they name none. */
export const Requires = (permission: Permission) => SetMetadata(ACCESS, { kind: 'permission', permission } satisfies Access);
