export { anInboundReceived, aQueueChanged, aTenantId } from './builders';
export { eventually } from './eventually';
export { connect, type TestDatabase, type TestDatabaseOptions, testDatabase } from './test-database';
export { type TestServer, testServer } from './test-server';
export { withKafka } from './with-kafka';
