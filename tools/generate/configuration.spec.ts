import { z } from 'zod';
import { configurationPage } from './configuration-page';
import { envExample } from './env-example';
import { onceEach } from './part-config';

const port = { variable: 'PORT', doc: 'Port of the one public address.', schema: z.coerce.number().int().min(1).max(65_535), value: 4000 };
const demo = {
  variable: 'DEMO',
  doc: 'Seed the demo.',
  schema: z.enum(['true', 'false']).transform((value) => value === 'true'),
  value: true,
};

describe('pages made from config classes', () => {
  it('name each variable with its meaning, its values and its default', () => {
    const configs = [{ part: 'standalone', variables: [port, demo] }];
    expect(configurationPage(configs)).toContain('| `PORT` | Port of the one public address. | a whole number from 1 to 65535 | `4000` |');
    expect(configurationPage(configs)).toContain('| `DEMO` | Seed the demo. | `true`, `false` | `true` |');
    expect(envExample(configs)).toContain('# Port of the one public address. (a whole number from 1 to 65535)\n#PORT=4000\n');
  });

  it('name a variable of several parts once', () => {
    const configs = onceEach([
      { part: 'inbox', variables: [port] },
      { part: 'routing', variables: [port, demo] },
    ]);
    expect(configs.map(({ variables }) => variables.map(({ variable }) => variable))).toEqual([['PORT'], ['DEMO']]);
  });

  it('cannot be made when one variable means two things', () => {
    const other = { ...port, value: 5000 };
    expect(() =>
      onceEach([
        { part: 'inbox', variables: [port] },
        { part: 'routing', variables: [other] },
      ]),
    ).toThrow('PORT differs between inbox and routing');
  });
});
