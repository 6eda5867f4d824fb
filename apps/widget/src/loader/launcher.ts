import { hostStyle, sheet } from './launcher-styles';

const icon =
  'M12 3.5c-5 0-9 3.4-9 7.7 0 2.4 1.2 4.5 3.2 5.9-.1 1-.5 2.2-1.4 3.4 2 0 3.7-.8 4.8-1.8.8.1 1.6.2 2.4.2 5 0 9-3.4 9-7.7s-4-7.7-9-7.7Z';

/** The button and the frame's place in the page: everything the widget puts into somebody else's document. */
export class Launcher {
  readonly host = document.createElement('cordboard-chat');
  readonly frame = document.createElement('iframe');
  onOpen: () => void = () => undefined;
  isOpen = false;
  private readonly button = document.createElement('button');
  private readonly badge = document.createElement('b');
  private labels = { open: '', unread: '', title: '' };
  private unread = 0;

  constructor(
    private readonly bottom: number,
    side: 'left' | 'right',
  ) {
    const root = this.host.attachShadow({ mode: 'closed' });
    const styles = new CSSStyleSheet();
    styles.replaceSync(sheet);
    root.adoptedStyleSheets = [styles];
    this.host.dataset.side = side;
    for (const [name, value] of Object.entries({ ...hostStyle, bottom: `${bottom}px`, [side]: '24px' })) this.style(name, value);

    this.button.type = 'button';
    this.button.append(drawing(), this.badge);
    this.button.setAttribute('aria-haspopup', 'dialog');
    this.button.addEventListener('click', () => this.onOpen());
    this.badge.setAttribute('aria-hidden', 'true');
    root.append(this.button, this.frame);
  }

  mount(address: string): void {
    this.frame.title = 'Chat';
    this.frame.referrerPolicy = 'strict-origin';
    this.frame.allow = 'clipboard-write';
    this.frame.src = address;
    document.body.append(this.host);
  }

  show(colour: string, labels: { open: string; unread: string; title: string }): void {
    this.labels = labels;
    this.frame.title = labels.title;
    this.style('--colour', colour);
    this.style('visibility', 'visible');
    this.showUnread(this.unread);
  }

  showUnread(count: number): void {
    this.unread = count;
    this.badge.textContent = count ? (count > 9 ? '9+' : String(count)) : '';
    this.button.setAttribute(
      'aria-label',
      count ? `${this.labels.open}. ${this.labels.unread.replace('{n}', String(count))}` : this.labels.open,
    );
  }

  open(): void {
    this.isOpen = true;
    this.host.dataset.open = '';
    this.frame.focus();
  }

  close(): void {
    this.isOpen = false;
    delete this.host.dataset.open;
    this.button.focus();
  }

  /** Raises button and panel by the height of what lies at the bottom of the page. */
  lift(by: number): void {
    this.style('--lift', `${by}px`);
    this.style('bottom', `${this.bottom + by}px`);
  }

  private style(name: string, value: string): void {
    this.host.style.setProperty(name, value, 'important');
  }
}

function drawing(): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', icon);
  path.setAttribute('fill', 'currentColor');
  svg.append(path);
  return svg;
}
