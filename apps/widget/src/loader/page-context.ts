import type { PageContext } from '@cordboard/webchat-protocol';

/** Where the visitor is. Query and fragment stay behind: they may hold what is nobody's business. */
export function pageContext(): PageContext {
  return { url: (location.origin + location.pathname).slice(0, 2048), title: document.title.slice(0, 300) };
}
