import { type BusContext, type EventOf, OnEvent } from '@cordboard/event-bus';
import { tenantChanged } from '@cordboard/events';
import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { SiteStore } from './site.store';

@Controller()
export class KeepSiteOnTenantChangedHandler {
  constructor(private readonly sites: SiteStore) {}

  @OnEvent([tenantChanged], { group: 'webchat-sites' })
  async keep(@Payload() event: EventOf<typeof tenantChanged>, @Ctx() context: BusContext): Promise<void> {
    const { id: tenantId, version, slug, name, colour, languages, greeting, hoursLine, sites } = event.data;
    await this.sites.keep(context.tx, { tenantId, slug, name, colour, languages, greeting, hoursLine, sites }, version);
  }
}
