import { writeFileSync } from 'node:fs';
import { driftOf } from './drift';
import { generatedFiles } from './generated-files';

async function main(): Promise<void> {
  const root = process.cwd();
  const stale = await driftOf(root, generatedFiles);
  if (!process.argv.includes('--check')) {
    for (const { path, wanted } of stale) {
      if (wanted === undefined) continue;
      writeFileSync(path, wanted);
      console.log(`wrote ${path}`);
    }
  }
  const unmended = process.argv.includes('--check') ? stale : stale.filter((file) => file.wanted === undefined);
  for (const { message } of unmended) console.error(message);
  if (stale.length === 0) console.log('Every generated file is up to date.');
  process.exitCode = unmended.length > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
