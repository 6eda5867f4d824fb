export function installWhenNeeded(root: string): Promise<void>;
export function buildWhenNeeded(root: string): Promise<void>;
