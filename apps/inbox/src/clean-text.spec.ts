import { cleanText, oneLine } from './clean-text';

describe('text', () => {
  it('loses NUL and halves of surrogate pairs, and keeps everything else', () => {
    expect(cleanText('a\u0000\uDC00b\uD83D 😀 Привет 你好')).toBe('a\uFFFDb\uFFFD 😀 Привет 你好');
  });

  it('is shown in lists as one line of at most 160 characters, none cut in half', () => {
    expect(oneLine('  one\n\n two\tthree ')).toBe('one two three');
    expect([...oneLine('😀'.repeat(500))]).toHaveLength(160);
    expect(cleanText(oneLine(`a${'😀'.repeat(500)}`))).not.toContain('\uFFFD');
  });
});
