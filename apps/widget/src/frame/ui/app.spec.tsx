import { fireEvent } from '@testing-library/dom';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { aMessage, aSite, FakeServer } from '../../../testing/fake-transport';
import { textsFor } from '../i18n/choose-language';
import { Keep } from '../store/keep';
import { LentStorage } from '../store/lent-storage';
import { Session } from '../store/session';
import { App } from './app';
import { Panel } from './panel-state';

async function openPanel(language = 'en', reachable = true) {
  const server = new FakeServer();
  server.reachable = reachable;
  const keep = await Keep.open('clinic', new LentStorage({ token: 'known' }, () => undefined));
  const session = new Session({
    tenant: 'clinic',
    origin: 'http://127.0.0.1',
    language,
    keep,
    transports: { socket: server.open, poll: server.open },
  });
  const panel = new Panel();
  const onClose = jest.fn();
  const root = document.createElement('div');
  document.body.replaceChildren(root);
  await session.start();
  await act(() => {
    render(<App session={session} site={aSite()} texts={textsFor(language)} language={language} panel={panel} onClose={onClose} />, root);
    panel.set(true);
  });
  await act(async () => {
    await jest.advanceTimersByTimeAsync(0);
    if (reachable) server.latest.welcome();
  });
  const input = root.querySelector('textarea') as HTMLTextAreaElement;
  const write = (text: string) => act(() => void fireEvent.input(input, { target: { value: text } }));
  return { root, server, session, input, write, onClose, panel };
}

describe('the panel', () => {
  beforeEach(() => {
    sessionStorage.clear();
    jest.useFakeTimers();
  });
  afterEach(() => jest.useRealTimers());

  it('shows tenant, hours and greeting in the visitor’s language, and has the caret in the input', async () => {
    const { root, input } = await openPanel('ru');
    expect(root.querySelector('h1')?.textContent).toBe('Sever Clinics');
    expect(root.textContent).toContain('До 20:00');
    expect(root.querySelector('[role=log]')?.textContent).toContain('Здравствуйте!');
    expect(document.activeElement).toBe(input);
  });

  it('sends with Enter, not with Shift+Enter nor in the middle of a composed word', async () => {
    const { root, server, input, write } = await openPanel();
    await write('  hello ');
    await act(() => void fireEvent.keyDown(input, { key: 'Enter', shiftKey: true }));
    await act(() => void fireEvent.keyDown(input, { key: 'Enter', isComposing: true }));
    expect(server.latest.of('send')).toEqual([]);
    await act(() => void fireEvent.keyDown(input, { key: 'Enter' }));
    expect(server.latest.of('send')).toMatchObject([{ text: 'hello' }]);
    expect(input.value).toBe('');
    expect(root.querySelector('.mine .meta')?.textContent).toBe('Sending…');
    await act(() => server.latest.ack(1));
    expect(root.querySelector('.mine .meta')?.textContent).toContain('Sent');
  });

  it('says what was not sent, and sends it again when asked', async () => {
    const { root, server, input, write } = await openPanel();
    await write('hello');
    await act(() => void fireEvent.keyDown(input, { key: 'Enter' }));
    const { clientMsgId = '' } = server.latest.of('send')[0] ?? {};
    await act(() => server.latest.say({ type: 'refused', code: 'text', clientMsgId, message: '' }));
    expect(root.querySelector('.mine .meta')?.textContent).toBe('Not sent · Try again');
    await act(() => void fireEvent.click(root.querySelector('.again') as Element));
    expect(server.latest.of('send')).toHaveLength(2);
  });

  it('does not send a text that is too long, and says by how much', async () => {
    const { root, server, input, write } = await openPanel();
    await write('x'.repeat(4100));
    await act(() => void fireEvent.keyDown(input, { key: 'Enter' }));
    expect(server.latest.of('send')).toEqual([]);
    expect(root.querySelector('#excess')?.textContent).toBe('Too long by 4');
  });

  it('shows the agent’s first name, and text as text', async () => {
    const { root, server } = await openPanel();
    await act(() => server.latest.say({ type: 'message', message: aMessage(1, { text: '<b>5 < 6</b> https://x.example' }) }));
    expect(root.querySelector('h1')?.textContent).toBe('Maria · Sever Clinics');
    expect(root.querySelector('[data-delivery] .bubble > span:not(.sr)')?.textContent).toBe('<b>5 < 6</b> https://x.example');
    expect(root.querySelector('.bubble b')).toBeNull();
    expect(root.querySelector('.bubble a')?.getAttribute('rel')).toContain('noopener');
  });

  it('keeps the draft through a reload and closes with Escape', async () => {
    const first = await openPanel();
    await first.write('half a thought');
    const second = await openPanel();
    expect(second.input.value).toBe('half a thought');
    fireEvent.keyDown(second.input, { key: 'Escape' });
    expect(second.onClose).toHaveBeenCalled();
  });

  it('says that the connection is lost only when it stays lost', async () => {
    const { root, server } = await openPanel();
    server.reachable = false;
    await act(async () => {
      server.latest.close();
      await jest.advanceTimersByTimeAsync(1_000);
    });
    expect(root.querySelector('.notice')?.textContent).toBe('');
    await act(async () => void (await jest.advanceTimersByTimeAsync(2_000)));
    expect(root.querySelector('.notice')?.textContent).toContain('What you write is kept');
  });

  it('speaks of a lost connection only where there was one', async () => {
    const { root } = await openPanel('en', false);
    const seen = new Set<string | undefined>();
    for (let second = 0; second < 20; second++) {
      await act(async () => void (await jest.advanceTimersByTimeAsync(1_000)));
      seen.add(root.querySelector('.notice')?.textContent ?? undefined);
    }
    expect([...seen]).toEqual(['', 'Connecting…']);
  });

  it('offers no second try on a page the chat is refused to', async () => {
    const { root, server, input, write } = await openPanel();
    await write('hello');
    await act(() => void fireEvent.keyDown(input, { key: 'Enter' }));
    await act(() => server.latest.say({ type: 'refused', code: 'site', clientMsgId: null, message: '' }));
    expect(root.querySelector('.notice')?.textContent).toContain('not available on this page');
    expect(root.querySelector('.mine .meta')?.textContent).toBe('Not sent');
    expect(root.querySelector('.again')).toBeNull();
  });
});
