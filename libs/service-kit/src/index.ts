export { Answers, AnswersAnyone, type Call, type OpenCall } from './answers';
export { type ConfigClass, ConfigError, Env, type EnvField, env, envFields, loadConfig } from './config';
export { InProcessRpcServer, ProxyRpcClient, RpcHub } from './in-process-rpc';
export { createLogger } from './logging';
export { Metrics } from './metrics';
export { ENVIRONMENT, KEYS, LOG, type Platform, RPC_CLIENT } from './platform';
export type { ServiceDefinition } from './service-definition';
export { type RunningService, startService } from './start-service';
export { traceparentOf } from './traceparent';
