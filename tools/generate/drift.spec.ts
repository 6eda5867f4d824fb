import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { driftOf } from './drift';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'drift-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const page = { path: 'page.md', make: async () => '# Page\n\nnew\n' };

describe('drift of generated files', () => {
  it('is none when the file is what the code says', async () => {
    writeFileSync(join(root, 'page.md'), '# Page\n\nnew\n');
    expect(await driftOf(root, [page])).toEqual([]);
  });

  it('names the first line of a file that was changed by hand or left behind', async () => {
    writeFileSync(join(root, 'page.md'), '# Page\n\nold\n');
    const [drift] = await driftOf(root, [page]);
    expect(drift?.message).toBe(
      'page.md is out of date: run `npm run generate` and commit the result.\n  line 3: there is "old", the code says "new"',
    );
    expect(drift?.wanted).toBe('# Page\n\nnew\n');
  });

  it('sees that nothing but the end is missing', async () => {
    writeFileSync(join(root, 'page.md'), '# Page\n\nnew\n\n');
    expect(await driftOf(root, [page])).toHaveLength(1);
  });

  it('sees a missing file', async () => {
    expect((await driftOf(root, [page]))[0]?.message).toContain('page.md is missing');
  });

  it('reports a file that cannot be made', async () => {
    const broken = { path: 'page.md', make: async () => Promise.reject(new Error('no such handler')) };
    expect(await driftOf(root, [broken])).toEqual([{ path: 'page.md', message: 'page.md cannot be made: no such handler' }]);
  });
});
