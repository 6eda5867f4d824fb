/** How the run's server is handed from Jest's set-up to its workers. */
export const serverVariable = 'CORDBOARD_TEST_POSTGRES';

export interface TestServer {
  url: string;
  superuser: string;
  password: string;
}

export function testServer(): TestServer {
  const value = process.env[serverVariable];
  if (!value) throw new Error('There is no test database server: run this spec in the project `int` of jest.config.cjs.');
  return JSON.parse(value) as TestServer;
}
