export function buildService(root: string, name: string, entry?: string, outfile?: string): Promise<void>;
export function bundle(root: string, entry: string, outfile: string): Promise<void>;
