import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../lib/run-command';

const pom = 'tools/kafka/pom.xml';

/** What keeps Kafka from running on this machine, in one line that says what to install; nothing when it can run. */
export async function missingForKafka(root: string): Promise<string | undefined> {
  const java = await runCommand('java', ['-version']);
  const version = Number(/version "(\d+)/.exec(java.output)?.[1] ?? 0);
  if (version < 17) {
    return 'Kafka needs Java 17 or newer (Debian, Ubuntu: apt-get install openjdk-17-jre-headless; macOS: brew install openjdk@17).';
  }
  if (existsSync(jarsFolder(root)) || (await runCommand('mvn', ['--version'])).code === 0) return undefined;
  return "Kafka's published jars are fetched with Maven (Debian, Ubuntu: apt-get install maven; macOS: brew install maven).";
}

/** Has Maven copy the jars named in pom.xml; the folder is there only when all of them are. Resolves to it. */
export async function fetchJars(root: string): Promise<string> {
  const folder = jarsFolder(root);
  if (existsSync(folder)) return folder;
  const half = `${folder}.half`;
  const copy = ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${half}`];
  const { code, output } = await runCommand('mvn', copy, { cwd: root });
  if (code !== 0) throw new Error(`Maven could not fetch Kafka's jars.\n${output.trim()}`);
  renameSync(half, folder);
  return folder;
}

/** Named after what pom.xml asks for, so that another version is fetched anew. */
function jarsFolder(root: string): string {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, pom)))
    .digest('hex')
    .slice(0, 12);
  return join(root, 'dist/kafka', wanted);
}
