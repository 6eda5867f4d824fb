import { Database, type Tx } from '@cordboard/persistence';
import type { SiteFace } from '@cordboard/webchat-protocol';
import { Injectable } from '@nestjs/common';

/** What webchat keeps of a tenant. */
export interface Site extends SiteFace {
  tenantId: string;
}

interface SiteRow {
  tenant_id: string;
  slug: string;
  name: string;
  colour: string;
  languages: string[];
  greeting: Record<string, string>;
  hours_line: Record<string, string>;
  sites: string[];
}

@Injectable()
export class SiteStore {
  constructor(private readonly database: Database) {}

  /** The tenant whose widget a page names; undefined when there is none. */
  async bySlug(slug: string): Promise<Site | undefined> {
    const row = await this.database.system((tx) =>
      tx.first<SiteRow>({ name: 'site-by-slug', text: 'select * from site_by_slug($1)', values: [slug] }),
    );
    return row && siteOf(row);
  }

  /** Takes over the tenant's state unless a newer one is kept already. */
  async keep(tx: Tx, site: Site, version: number): Promise<void> {
    await tx.execute(
      `insert into site (tenant_id, version, slug, name, colour, languages, greeting, hours_line, sites)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (tenant_id) do update set version = excluded.version, slug = excluded.slug, name = excluded.name,
         colour = excluded.colour, languages = excluded.languages, greeting = excluded.greeting,
         hours_line = excluded.hours_line, sites = excluded.sites
       where site.version <= excluded.version`,
      [site.tenantId, version, site.slug, site.name, site.colour, site.languages, site.greeting, site.hoursLine, site.sites],
    );
  }
}

function siteOf(row: SiteRow): Site {
  const { tenant_id: tenantId, hours_line: hoursLine, slug, name, colour, languages, greeting, sites } = row;
  return { tenantId, slug, name, colour, languages, greeting, hoursLine, sites };
}

/** The part of a site that its visitors may know. */
export function faceOf({ slug, name, colour, languages, greeting, hoursLine, sites }: Site): SiteFace {
  return { slug, name, colour, languages, greeting, hoursLine, sites };
}
