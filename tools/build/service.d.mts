export function buildService(root: string, name: string, commands: Record<string, string>): Promise<void>;
export function bundle(root: string, entry: string, outfile: string): Promise<void>;
