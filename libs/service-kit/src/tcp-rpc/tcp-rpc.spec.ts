import type { AddressInfo, Server } from 'node:net';
import pino from 'pino';
import { rpcContract } from '../rpc-contract/rpc-contract';
import { TcpRpcClient } from './tcp-rpc-client';
import { TcpRpcServer } from './tcp-rpc-server';

describe('calls over TCP', () => {
  rpcContract({
    server: (answering) => new TcpRpcServer({ host: '127.0.0.1', port: 0, ...answering }),
    client: (server) => {
      const { port } = (server as TcpRpcServer).unwrap<Server>().address() as AddressInfo;
      const client = new TcpRpcClient({ peers: { parlour: [`127.0.0.1:${port}`] }, log: pino({ level: 'silent' }) });
      return { client, close: () => client.close() };
    },
  });
});
