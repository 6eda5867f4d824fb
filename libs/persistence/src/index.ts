export { type Command, commandTable, once } from './command';
export { Database, type DatabaseOptions } from './database';
export { type Migration, migrate, prepareDatabase, type SchemaMigrations } from './migrate';
export { definerFunction, operatorTable, tenantTable } from './policies';
export { rolePassword, serviceRole } from './roles';
export type { Scope } from './scope';
export { clearTimer, setTimer, type Timer, type TimerHandlers, TimerLoop, timerTable } from './timers';
export { type Statement, Tx } from './tx';
export { wakeups } from './wakeups';
