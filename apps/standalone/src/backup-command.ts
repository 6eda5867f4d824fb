import { backup } from './backup/backup';
import { restore } from './backup/restore';
import { StartError } from './start-error';

const [command, folder] = process.argv.slice(2);

async function run(): Promise<string> {
  if (command === 'restore') {
    const { manifest, movedTo } = restore(process.env, folder);
    const aside = movedTo ? ` What was there is in ${movedTo}.` : '';
    return `Restored the backup of ${manifest.takenAt}.${aside} Start with npm start.`;
  }
  const done = await backup(process.env, folder);
  return `Backed up ${(done.manifest.bytes / 1_048_576).toFixed(0)} MB to ${done.folder}. It holds the master key: keep it as safe as the data.`;
}

run().then(console.log, (error: unknown) => {
  console.error(error instanceof StartError || (error as Error).name === 'ConfigError' ? (error as Error).message : error);
  process.exit(1);
});
