import type { Migration } from '@cordboard/persistence';

/**
 * A row of the log is compressed when it has more than 2,000 bytes, and what an inbox records has about as many: each
 * was packed to be read, and unpacked, a few milliseconds later. Rows up to 8,160 bytes, a page, now stay as they are.
 */
export const keepBodiesPlain: Migration = {
  id: '20261126-keep-bodies-plain',
  up: 'alter table bus.log set (toast_tuple_target = 8160);',
};
