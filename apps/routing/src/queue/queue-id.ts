import { v5 as uuidv5 } from 'uuid';

const queueNamespace = '6f1d1c52-9d0e-4a7b-8b45-6a2a54f0c9d1';

/** A tenant's queue, known before any event about the tenant has come: one per tenant for now. */
export const queueIdOf = (tenantId: string) => uuidv5(tenantId, queueNamespace);
