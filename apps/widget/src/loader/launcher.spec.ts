import { Launcher } from './launcher';

describe('the launcher', () => {
  beforeAll(() => {
    // jsdom has no constructable style sheets.
    Object.assign(CSSStyleSheet.prototype, { replaceSync: () => undefined });
  });

  it('stands against the page’s rules and appears when the frame has answered', () => {
    const launcher = new Launcher(24, 'right');
    launcher.mount('https://chat.example/webchat/frame?tenant=clinic');
    const { style } = launcher.host;
    expect(style.getPropertyValue('visibility')).toBe('hidden');
    expect(style.getPropertyPriority('position')).toBe('important');
    launcher.show('#08747a', { open: 'Open chat', unread: 'Unread messages: {n}', title: 'Chat with Sever Clinics' });
    expect(style.getPropertyValue('visibility')).toBe('visible');
    expect(launcher.frame.title).toBe('Chat with Sever Clinics');
    expect(launcher.frame.referrerPolicy).toBe('strict-origin');
    expect(launcher.host.shadowRoot).toBeNull();
  });

  it('opens and closes, and rises above what is fixed to the bottom', () => {
    const launcher = new Launcher(24, 'left');
    launcher.mount('https://chat.example/webchat/frame?tenant=clinic');
    launcher.open();
    expect(launcher.host.hasAttribute('data-open')).toBe(true);
    launcher.close();
    expect(launcher.isOpen).toBe(false);
    launcher.lift(60);
    expect(launcher.host.style.getPropertyValue('bottom')).toBe('84px');
  });
});
