import type { PageContext } from '@cordboard/webchat-protocol';

/** Whether the loader shows the panel, and on which page. */
export class Panel {
  open = false;
  page: PageContext | null = null;
  onPage: (page: PageContext) => void = () => undefined;
  private readonly listeners = new Set<() => void>();

  set(open: boolean): void {
    this.open = open;
    for (const listener of this.listeners) listener();
  }

  setPage(page: PageContext): void {
    this.page = page;
    this.onPage(page);
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
