import type { Launcher } from './launcher';

/**
 * Keeps the widget off bars that are fixed to the bottom of the page (cookie consent, app banners): looks
 * now and then at what lies under the button and, where that is something fixed, rises above it.
 */
export class Dodger {
  constructor(private readonly launcher: Launcher) {}

  start(): void {
    const look = () => document.visibilityState === 'visible' && this.dodge();
    setInterval(look, 1500);
    addEventListener('resize', look);
  }

  private dodge(): void {
    const { left, width } = this.launcher.host.getBoundingClientRect();
    let top = innerHeight;
    for (const x of [left + 4, left + width / 2, left + width - 4]) {
      for (const y of [innerHeight - 4, innerHeight - 40]) {
        for (const element of document.elementsFromPoint(x, y)) {
          const bar = element === this.launcher.host ? null : fixedAncestor(element);
          const box = bar?.getBoundingClientRect();
          // A bar, not a page-high layer such as a menu or a backdrop.
          if (box && box.height < innerHeight / 2 && box.bottom > innerHeight - 80) top = Math.min(top, box.top);
        }
      }
    }
    this.launcher.lift(innerHeight - top);
  }
}

function fixedAncestor(element: Element): Element | null {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const { position } = getComputedStyle(at);
    if (position === 'fixed' || position === 'sticky') return at;
  }
  return null;
}
