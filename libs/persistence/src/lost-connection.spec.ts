import { DatabaseError } from 'pg';
import { isConnectionLost } from './lost-connection';

const databaseError = (code: string) => Object.assign(new DatabaseError('No.', 3, 'error'), { code });

describe('isConnectionLost', () => {
  it.each(['57P01', '57P02', '57P03', '08006'])('knows a session that the server ended (%s)', (code) => {
    expect(isConnectionLost(databaseError(code))).toBe(true);
  });

  it('knows a socket that broke', () => {
    expect(isConnectionLost(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(isConnectionLost(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }))).toBe(true);
  });

  it.each(['23505', '42501', '57014', '40P01'])('leaves what is wrong with the statement as it is (%s)', (code) => {
    expect(isConnectionLost(databaseError(code))).toBe(false);
    expect(isConnectionLost(new Error('Something else'))).toBe(false);
  });
});
