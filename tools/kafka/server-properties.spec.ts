import { readOptions } from './options';
import { type KafkaNode, serverProperties } from './server-properties';

const node = (id: number): KafkaNode => ({ id, port: 9090 + 2 * id, controllerPort: 9091 + 2 * id, folder: `/data/node-${id}` });
const lines = (nodes: number) =>
  serverProperties(
    node(1),
    Array.from({ length: nodes }, (_, index) => node(index + 1)),
  ).split('\n');

describe('settings of a Kafka node', () => {
  it('keep to this machine', () => {
    expect(lines(1)).toContain('listeners=PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093');
    expect(lines(1)).toContain('auto.create.topics.enable=false');
  });

  it('have clients go through a proxy, and the nodes go without', () => {
    const proxied = { ...node(1), proxied: { port: 7001, proxy: 7002 } };
    const settings = serverProperties(proxied, [proxied]).split('\n');
    expect(settings).toContain('listeners=PLAINTEXT://127.0.0.1:9092,PROXIED://127.0.0.1:7001,CONTROLLER://127.0.0.1:9093');
    expect(settings).toContain('advertised.listeners=PLAINTEXT://127.0.0.1:9092,PROXIED://127.0.0.1:7002');
    expect(settings).toContain('inter.broker.listener.name=PLAINTEXT');
  });

  it('keep one copy on one node', () => {
    expect(lines(1)).toEqual(expect.arrayContaining(['default.replication.factor=1', 'min.insync.replicas=1']));
  });

  it('keep three copies on three nodes and accept what two have', () => {
    expect(lines(3)).toContain('controller.quorum.voters=1@127.0.0.1:9093,2@127.0.0.1:9095,3@127.0.0.1:9097');
    expect(lines(3)).toEqual(expect.arrayContaining(['offsets.topic.replication.factor=3', 'transaction.state.log.min.isr=2']));
  });
});

describe('the command line', () => {
  it('starts one node when nothing is said', () => expect(readOptions([])).toEqual({ verb: 'start', nodes: 1, port: 9092 }));

  it.each([
    [['begin'], 'no command begin'],
    [['start', '--nodes', '2'], '--nodes: 2 is neither 1 nor 3'],
    [['start', '--port', 'x'], '--port: x is not a port'],
  ])('refuses %s', (args, message) => expect(() => readOptions(args)).toThrow(message));
});
