import { splitLinks } from './split-links';

const links = (text: string) => splitLinks(text).flatMap((part) => part.href ?? []);

describe('links in a message', () => {
  it('are web addresses, without the punctuation of the sentence', () => {
    expect(links('See https://sever.example/a?b=1, or (http://x.example/y).')).toEqual([
      'https://sever.example/a?b=1',
      'http://x.example/y',
    ]);
  });

  it('are nothing but web addresses', () => {
    expect(links('javascript:alert(1) data:text/html,x file:///etc ftp://x <a href="https://')).toEqual([]);
  });

  it('leave the text whole', () => {
    const text = 'a https://x.example b';
    expect(
      splitLinks(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });
});
