import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommand } from '../lib/run-command';
import { answers } from './answers';
import { type KafkaNode, serverProperties } from './server-properties';

/** What is known of a cluster between two commands; stands in its folder. */
export interface Cluster {
  clusterId: string;
  nodes: (KafkaNode & { pid: number })[];
}

export interface StartOptions {
  /** Of Kafka's jars. */
  jars: string;
  /** Where the cluster has its settings, logs and data. */
  folder: string;
  /** Of each node. */
  ports: readonly Pick<KafkaNode, 'port' | 'controllerPort' | 'proxied'>[];
  /** Goes on when this process ends; otherwise it ends with it, in whatever way that ends. */
  stays: boolean;
}

const startLimitMs = 90_000;
const stopLimitMs = 30_000;
const memory = ['-Xms256m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

export const brokersOf = ({ nodes }: Cluster) => nodes.map(({ port }) => `127.0.0.1:${port}`).join(',');

/** A cluster this process has started. */
export interface StartedCluster extends Cluster {
  /** Resolves when a node has ended, for whatever reason. */
  ended: Promise<unknown>;
}

/** Starts every node and resolves when all answer. Rejects with the end of the log of one that does not, all stopped again. */
export async function startCluster({ jars, folder, ports, stays }: StartOptions): Promise<StartedCluster> {
  const nodes = ports.map((pair, index): KafkaNode => ({ id: index + 1, ...pair, folder: join(folder, `node-${index + 1}`) }));
  const clusterId = readCluster(folder)?.clusterId ?? (await newClusterId(jars));
  const cluster: Cluster = { clusterId, nodes: [] };
  const children: ChildProcess[] = [];
  for (const node of nodes) {
    await format(jars, node, nodes, clusterId);
    const child = launch(jars, node, stays);
    children.push(child);
    cluster.nodes.push({ ...node, pid: child.pid ?? 0 });
  }
  writeFileSync(stateFile(folder), `${JSON.stringify(cluster, null, 2)}\n`);
  try {
    await Promise.all(cluster.nodes.map((node, index) => untilAnswers(node, children[index])));
  } catch (error) {
    await stopCluster(folder);
    throw error;
  }
  if (stays) for (const child of children) child.unref();
  return { ...cluster, ended: Promise.race(children.map((child) => once(child, 'exit'))) };
}

/** Starts a node of the cluster again that has ended; it ends with this process. Resolves when it answers. */
export async function restartNode(jars: string, folder: string, id: number): Promise<void> {
  const cluster = readCluster(folder);
  const node = cluster?.nodes.find((each) => each.id === id);
  if (!cluster || !node) throw new Error(`${folder} holds no node ${id}.`);
  const child = launch(jars, node, false);
  node.pid = child.pid ?? 0;
  writeFileSync(stateFile(folder), `${JSON.stringify(cluster, null, 2)}\n`);
  await untilAnswers(node, child);
}

/** Ends every node, at last by force; the data stays. Resolves to whether one was running. */
export async function stopCluster(folder: string): Promise<boolean> {
  const running = await runningNodes(folder);
  for (const { pid } of running) process.kill(pid, 'SIGTERM');
  const deadline = Date.now() + stopLimitMs;
  while ((await runningNodes(folder)).length > 0) {
    if (Date.now() > deadline) for (const { pid } of await runningNodes(folder)) process.kill(pid, 'SIGKILL');
    await sleep(100);
  }
  return running.length > 0;
}

/** The cluster's nodes that run now. */
export async function runningNodes(folder: string): Promise<Cluster['nodes']> {
  const nodes = readCluster(folder)?.nodes ?? [];
  const alive = await Promise.all(nodes.map(isRunning));
  return nodes.filter((_, index) => alive[index]);
}

export function readCluster(folder: string): Cluster | undefined {
  return existsSync(stateFile(folder)) ? (JSON.parse(readFileSync(stateFile(folder), 'utf8')) as Cluster) : undefined;
}

const stateFile = (folder: string) => join(folder, 'cluster.json');
const propertiesFile = (node: KafkaNode) => join(node.folder, 'server.properties');

async function newClusterId(jars: string): Promise<string> {
  const { code, stdout, output } = await storageTool(jars, ['random-uuid']);
  if (code !== 0) throw new Error(`Kafka could not be prepared.\n${output.trim()}`);
  return stdout.trim();
}

async function format(jars: string, node: KafkaNode, nodes: readonly KafkaNode[], clusterId: string): Promise<void> {
  mkdirSync(node.folder, { recursive: true });
  writeFileSync(propertiesFile(node), serverProperties(node, nodes));
  const { code, output } = await storageTool(jars, ['format', '--ignore-formatted', '-t', clusterId, '-c', propertiesFile(node)]);
  if (code !== 0) throw new Error(`Kafka could not prepare ${node.folder}.\n${output.trim()}`);
}

function storageTool(jars: string, args: readonly string[]) {
  return runCommand('java', [...memory, ...logging, '-cp', join(jars, '*'), 'kafka.tools.StorageTool', ...args]);
}

const logging = ['-Dlog4j2.configurationFile=tools/kafka/log4j2.properties'];

function launch(jars: string, node: KafkaNode, stays: boolean): ChildProcess {
  const log = openSync(join(node.folder, 'server.log'), 'w');
  const args = [...memory, ...logging, '-cp', join(jars, '*'), 'kafka.Kafka', propertiesFile(node)];
  const child = spawn('java', args, { detached: true, stdio: ['ignore', log, log] });
  if (!stays) endWithThisProcess(child);
  return child;
}

/** A shell that reads from a pipe held here: when this process dies, even by kill −9, the pipe ends and the shell ends the node. */
function endWithThisProcess(child: ChildProcess): void {
  const script = 'cat; for s in TERM 0 0 0 0 0 0 0 0 0 0 KILL; do kill -$s "$0" || exit 0; sleep 1; done';
  const watch = spawn('sh', ['-c', script, String(child.pid)], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  child.once('exit', () => watch.kill('SIGKILL'));
  watch.unref();
  (watch.stdin as Socket).unref();
}

async function untilAnswers(node: KafkaNode, child: ChildProcess | undefined): Promise<void> {
  const ended = child && once(child, 'exit');
  const deadline = Date.now() + startLimitMs;
  while (!(await answers(node.port))) {
    const isOver = await Promise.race([ended?.then(() => true), sleep(100, false)]);
    if (isOver || Date.now() > deadline) {
      const log = readFileSync(join(node.folder, 'server.log'), 'utf8').trim().split('\n').slice(-8).join('\n');
      throw new Error(`Kafka's node ${node.id} ${isOver ? 'ended' : `does not answer on port ${node.port}`}.\n${log}`);
    }
  }
}

/** A process id may belong to another program by now: a node's command line names its own folder. */
async function isRunning(node: Cluster['nodes'][number]): Promise<boolean> {
  const { code, stdout } = await runCommand('ps', ['-ww', '-o', 'stat=,args=', '-p', String(node.pid)]);
  return code === 0 && !stdout.trim().startsWith('Z') && stdout.includes(propertiesFile(node));
}
