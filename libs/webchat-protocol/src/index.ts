export * from './client-frames';
export * from './is-server-frame';
export * from './limits';
export * from './server-frames';
export * from './thread';
