import { Database } from '@cordboard/persistence';
import { INSTANCE } from '@cordboard/service-kit';
import { type HelloFrame, PROTOCOL_VERSION, type ServerFrame, type WelcomeFrame } from '@cordboard/webchat-protocol';
import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { faceOf, type Site, SiteStore } from '../site/site.store';
import { ThreadStore } from '../thread/thread.store';
import { WebchatConfig } from '../webchat.config';
import { KeyedBuckets } from './keyed-buckets';
import type { Peer } from './peer';
import { refusal } from './refusal';
import { matches, newToken, readToken } from './token';

/** Hello's outcome: who it is and the welcome, or the frame that says why not. */
export type Greeting = { peer: Peer; welcome: WelcomeFrame } | { refused: ServerFrame };

/** Who visitors are: makes them, knows them again. */
@Injectable()
export class VisitorService {
  private readonly newcomers: KeyedBuckets;

  constructor(
    private readonly database: Database,
    private readonly sites: SiteStore,
    private readonly threads: ThreadStore,
    config: WebchatConfig,
    @Inject(INSTANCE) private readonly instance: string | null,
  ) {
    this.newcomers = new KeyedBuckets(config.newVisitorsPerMin / 60, config.newVisitorsBurst);
  }

  async greet(hello: HelloFrame, address: string): Promise<Greeting> {
    if (hello.v !== PROTOCOL_VERSION) {
      return { refused: refusal('version', `This server speaks version ${PROTOCOL_VERSION} of the protocol. Load the page anew.`) };
    }
    const site = await this.sites.bySlug(hello.tenant);
    if (!site) return { refused: refusal('tenant', `There is no tenant “${hello.tenant}”. Check data-tenant in the script tag.`) };
    if (!site.sites.includes(hello.origin)) {
      return { refused: refusal('site', `${hello.origin} is not among the sites of ${site.name}. Add it in the tenant's settings.`) };
    }
    const greeting = await (hello.token === null ? this.welcomeNewcomer(site, hello, address) : this.welcomeBack(site, hello, hello.token));
    if ('welcome' in greeting && this.instance !== null) greeting.welcome.instance = this.instance;
    return greeting;
  }

  /** For requests that stand alone: null when tenant or token are not known. */
  async identify(tenant: string, token: string): Promise<Peer | null> {
    const site = await this.sites.bySlug(tenant);
    const known = site && readToken(token);
    if (!known) return null;
    const row = await this.database.viewer([site.tenantId], (tx) =>
      tx.first<{ token_hash: Buffer; language: string | null }>(
        'select token_hash, language from visitor where tenant_id = $1 and id = $2',
        [site.tenantId, known.visitorId],
      ),
    );
    if (!row || !matches(known, row.token_hash)) return null;
    return { tenantId: site.tenantId, visitorId: known.visitorId, site, language: row.language };
  }

  private async welcomeNewcomer(site: Site, { language }: HelloFrame, address: string): Promise<Greeting> {
    const waitMs = this.newcomers.take(address);
    if (waitMs > 0) return { refused: { type: 'busy', clientMsgId: null, retryAfterMs: waitMs } };
    const visitorId = uuidv7();
    const { token, hash } = newToken(visitorId);
    await this.database.tenant(site.tenantId, (tx) =>
      tx.execute(
        `with visitor as (insert into visitor (tenant_id, id, token_hash, language) values ($1, $2, $3, $4)),
           thread as (insert into thread (tenant_id, visitor_id) values ($1, $2))
         insert into mark (tenant_id, visitor_id) values ($1, $2)`,
        [site.tenantId, visitorId, hash, language],
      ),
    );
    const welcome = { n: 0, missed: [], reset: true, token, visitorId, deliveredN: 0, readN: 0, agentName: null };
    return { peer: { tenantId: site.tenantId, visitorId, site, language }, welcome: { type: 'welcome', ...welcome, site: faceOf(site) } };
  }

  private async welcomeBack(site: Site, hello: HelloFrame, token: string): Promise<Greeting> {
    const known = readToken(token);
    const opened = known && (await this.threads.open(site.tenantId, known.visitorId, hello.lastN));
    if (!opened || !matches(known, opened.tokenHash)) {
      return { refused: refusal('token', 'This visitor is not known here. Say hello without a token.') };
    }
    // The client has seen more than there is: the database was restored. Its copy no longer counts.
    const ahead = hello.lastN !== null && hello.lastN > opened.thread.lastN;
    const missed = ahead ? await this.threads.before(site.tenantId, known.visitorId, opened.thread.lastN + 1) : opened.messages;
    const { lastN: n, deliveredN, readN, agentName } = opened.thread;
    return {
      peer: { tenantId: site.tenantId, visitorId: known.visitorId, site, language: hello.language },
      welcome: {
        type: 'welcome',
        n,
        missed,
        reset: ahead || hello.lastN === null,
        token: null,
        visitorId: known.visitorId,
        deliveredN,
        readN,
        agentName,
        site: faceOf(site),
      },
    };
  }
}
