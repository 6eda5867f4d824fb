import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from '../build/service.mjs';
import { runCommand } from '../lib/run-command';

const printer = 'apps/gateway/src/print-schema.ts';
const built = 'dist/tools/print-schema.cjs';

/** The schema as the gateway's code prints it. Throws when the code does not make a schema. */
export async function printSchema(root: string): Promise<string> {
  if (!existsSync(join(root, printer))) throw new Error(`${printer} is not there.`);
  await bundle(root, printer, built);
  const { code, output, stdout } = await runCommand(process.execPath, [built], { cwd: root });
  if (code !== 0 || stdout === '') throw new Error(`${printer} ended with code ${code}.\n${output}`);
  return stdout;
}
