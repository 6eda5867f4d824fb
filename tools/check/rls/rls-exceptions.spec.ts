import { exceptionOffences, operatorTables } from './rls-exceptions';

const reasoned = { agent: 'One person serves several tenants with one capacity.' };

describe('the list of tables above tenants', () => {
  it('passes when each table has its reason', () => expect(exceptionOffences('apps/routing', reasoned, ['agent'])).toEqual([]));
  it('may name the schema', () => expect(exceptionOffences('apps/routing', { 'routing.agent': reasoned.agent }, ['agent'])).toEqual([]));
  it('is not needed where there is none', () => expect(exceptionOffences('apps/inbox', undefined, [])).toEqual([]));

  it.each([
    ['a table that is not listed', reasoned, ['agent', 'lease'], 'forgets lease'],
    ['a reason that says nothing', { agent: 'todo' }, ['agent'], 'agent has no reason'],
    ['an exception for no table', { ...reasoned, gone: reasoned.agent }, ['agent'], 'excuses gone'],
    ['a missing list', undefined, ['agent'], 'is missing'],
    ['a list that is none', 'agent', ['agent'], 'must export rlsExceptions'],
  ])('stops %s', (_offence, list, tables, offence) => {
    expect(exceptionOffences('apps/routing', list, tables)).toEqual([expect.stringContaining(offence)]);
  });

  it('reads the tables from migrations', () => {
    expect(operatorTables(`\${operatorTable('routing', 'agent')} \${operatorTable(schema, "lease")}`)).toEqual(['agent', 'lease']);
  });
});
