import { parseArgs } from 'node:util';
import { loadConfig } from '@cordboard/service-kit';
import { runProgram } from '../../standalone/src/run-program';
import { StandaloneConfig } from '../../standalone/src/standalone.config';
import { StartError } from '../../standalone/src/start-error';
import { requestRestart } from './control';
import { fleet } from './fleet';
import { readProcessList } from './process-list';
import { parseReplicas } from './replica-counts';
import { runSupervisor } from './supervisor';

const usage = `npm run start:distributed [-- --replicas inbox=2,gateway=2]
npm run start:distributed -- restart [SERVICE]    renews the running processes one after the other`;

async function main(): Promise<void> {
  const { values, positionals } = readArguments();
  const [command, service = 'all', ...more] = positionals;
  if (command === undefined) return runSupervisor(process.env, parseReplicas(values.replicas, fleet));
  if (command !== 'restart' || more.length > 0) throw new StartError(usage);
  await requestRestart(readProcessList(loadConfig(StandaloneConfig, process.env).dataFolder), service);
}

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: { replicas: { type: 'string', default: '' } } });
  } catch (error) {
    throw new StartError(`${(error as Error).message}\n${usage}`);
  }
}

runProgram(main);
