import { offences, type Settings } from './settings';

const good: Settings = {
  serverVersion: '18.4',
  fsync: 'on',
  synchronousCommit: 'on',
  fullPageWrites: 'on',
  sharedBuffers: '64MB',
  roles: [{ name: 'cordboard_inbox', isSuperuser: false, bypassesRowSecurity: false }],
  tables: 30,
  tablesWithForcedRowSecurity: 30,
};

describe('offences', () => {
  it('is empty for a durable server and roles without privileges', () => {
    expect(offences(good)).toEqual([]);
  });

  it.each<[string, Partial<Settings>]>([
    ['fsync is off', { fsync: 'off' }],
    ['synchronous_commit is off', { synchronousCommit: 'off' }],
    ['full_page_writes is off', { fullPageWrites: 'off' }],
    ['no service is connected', { roles: [] }],
    ['postgres is a superuser', { roles: [{ name: 'postgres', isSuperuser: true, bypassesRowSecurity: false }] }],
    ['x bypasses row-level security', { roles: [{ name: 'x', isSuperuser: false, bypassesRowSecurity: true }] }],
    ['row-level security is forced on 29 of 30 tables', { tablesWithForcedRowSecurity: 29 }],
  ])('says that %s', (offence, change) => {
    expect(offences({ ...good, ...change })).toEqual([offence]);
  });
});
