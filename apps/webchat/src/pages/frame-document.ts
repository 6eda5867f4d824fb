import { faceOf, type Site } from '../site/site.store';
import { escapeHtml } from './escape-html';

/** An origin as the browser writes it; whatever else stands in the settings does not get into a header. */
const origin = /^https?:\/\/([a-z0-9-]+\.)*[a-z0-9-]+(:\d{1,5})?$/i;

const allowedSites = (site: Site) => site.sites.filter((one) => origin.test(one));

/** The frame's document for one tenant, from the built template. */
export function frameDocument(template: string, site: Site): string {
  const face = JSON.stringify({ ...faceOf(site), sites: allowedSites(site) });
  // Replacements are functions: a `$&` in a tenant's greeting is not a pattern.
  return template.replace('%TITLE%', () => escapeHtml(site.name)).replace('%SITE%', () => escapeHtml(face));
}

/** Only our own scripts, styles and sockets, only inside the tenant's sites. `host` as the browser asked for it. */
export function framePolicy(site: Site, host: string): string {
  const ours = /^[a-z0-9.:[\]-]+$/i.test(host) ? ` ws://${host} wss://${host}` : '';
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self'${ours}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${allowedSites(site).join(' ') || "'none'"}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}
