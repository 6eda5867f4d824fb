/**
 * The site's own storage, lent to the frame. Browsers that close storage to frames of other sites (private windows,
 * "block third-party cookies") would make a new visitor at every page; there the frame asks us to keep its few values
 * here. The frame uses it only then, for the site's scripts can read what is here.
 */
export class SiteStorage {
  private readonly prefix: string;

  constructor(tenant: string) {
    this.prefix = `cordboard:${tenant}:`;
  }

  /** Everything kept so far; null where the storage is closed to the site itself. */
  read(): Record<string, string> | null {
    try {
      const names = Object.keys(localStorage).filter((name) => name.startsWith(this.prefix));
      return Object.fromEntries(names.map((name) => [name.slice(this.prefix.length), localStorage.getItem(name) ?? '']));
    } catch {
      return null;
    }
  }

  write(name: string, value: string | null): void {
    try {
      if (value === null) localStorage.removeItem(this.prefix + name);
      else localStorage.setItem(this.prefix + name, value);
    } catch {
      // Full or closed: the frame has told the visitor that nothing lasts.
    }
  }
}
