const name = (tenant: string) => `cordboard:${tenant}:draft`;

/** The unsent text, kept through a reload of the page; lost without a word where the browser stores nothing. */
export const Draft = {
  read(tenant: string): string {
    try {
      return sessionStorage.getItem(name(tenant)) ?? '';
    } catch {
      return '';
    }
  },
  write(tenant: string, text: string): void {
    try {
      if (text) sessionStorage.setItem(name(tenant), text);
      else sessionStorage.removeItem(name(tenant));
    } catch {
      // Storage is blocked: the draft lives as long as the page.
    }
  },
};
