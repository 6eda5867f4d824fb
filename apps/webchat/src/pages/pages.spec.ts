import { pickLanguage } from './demo-sites';
import { frameDocument, framePolicy } from './frame-document';

const site = {
  tenantId: '01900000-0000-7000-8000-000000000001',
  slug: 'clinic',
  name: 'Sever & "Sons"',
  colour: 'teal',
  languages: ['en'],
  greeting: { en: '</div><script>alert(1)</script> $& $1' },
  hoursLine: { en: '' },
  sites: ['https://sever.example', 'http://127.0.0.1:4000', "https://x.example; script-src 'unsafe-inline'", '*'],
};

describe('the frame’s document', () => {
  const html = frameDocument('<title>%TITLE%</title><div data-site="%SITE%"></div>', site);

  it('carries the tenant as data that cannot leave its attribute', () => {
    expect(html).not.toContain('<script>');
    expect(html).toContain('<title>Sever &amp; &quot;Sons&quot;</title>');
    const holder = /data-site="([^"]*)"/.exec(html)?.[1] ?? '';
    const decoded = holder
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');
    expect(JSON.parse(decoded)).toMatchObject({ slug: 'clinic', greeting: site.greeting });
  });

  it('may be framed by the tenant’s sites alone, and only real origins get into the header', () => {
    expect(framePolicy(site, 'chat.example')).toContain('frame-ancestors https://sever.example http://127.0.0.1:4000;');
    expect(framePolicy({ ...site, sites: [] }, 'chat.example')).toContain("frame-ancestors 'none'");
    expect(framePolicy(site, 'chat.example')).not.toContain('unsafe-inline');
    expect(framePolicy(site, "x; script-src 'unsafe-inline'")).not.toContain('unsafe');
  });
});

describe('the language of a demo site', () => {
  it('is the one asked for, else the browser’s, else the site’s first', () => {
    expect(pickLanguage(['ru', 'en'], 'en', 'ru')).toBe('en');
    expect(pickLanguage(['ru', 'en'], undefined, 'de-DE, en;q=0.8')).toBe('en');
    expect(pickLanguage(['ru', 'en'], ['x'], undefined)).toBe('ru');
  });
});
