import { InProcessRpcServer, ProxyRpcClient, RpcHub } from './in-process-rpc';
import { rpcContract } from './rpc-contract/rpc-contract';

describe('calls within one process', () => {
  const hub = new RpcHub();
  rpcContract({
    server: ({ actorKey, log }) => new InProcessRpcServer(hub, actorKey, log),
    client: () => ({ client: new ProxyRpcClient(hub), close: async () => undefined }),
  });
});
