import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { SiteStore } from '../site/site.store';
import { frameDocument, framePolicy } from './frame-document';
import { PagesService } from './pages.service';
import { type PageReply, type PageRequest, sendDocument, sendFile } from './reply';

/** What a site embeds: the loader at a name that never changes, the frame's document, its hashed assets. */
@Controller('webchat')
export class WidgetController {
  constructor(
    private readonly pages: PagesService,
    private readonly sites: SiteStore,
  ) {}

  @Get('loader.js')
  loader(@Req() request: PageRequest, @Res() reply: PageReply): void {
    sendFile(request, reply, this.pages.file('loader.js'), 'public, max-age=300');
  }

  @Get('assets/:name')
  asset(@Param('name') name: string, @Req() request: PageRequest, @Res() reply: PageReply): void {
    sendFile(request, reply, this.pages.file(`assets/${name}`), 'public, max-age=31536000, immutable');
  }

  @Get('frame')
  async frame(@Query('tenant') tenant: unknown, @Req() request: PageRequest, @Res() reply: PageReply): Promise<void> {
    const site = typeof tenant === 'string' ? await this.sites.bySlug(tenant) : undefined;
    const template = this.pages.text('frame.html');
    if (!site || !template) {
      const why = site ? 'The widget has not been built.' : 'There is no tenant of this name. Check data-tenant in the script tag.';
      return sendDocument(reply.code(site ? 503 : 404), why, "default-src 'none'; frame-ancestors 'none'");
    }
    sendDocument(reply, frameDocument(template, site), framePolicy(site, request.headers.host ?? ''));
  }
}
