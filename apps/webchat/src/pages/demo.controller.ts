import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { WebchatConfig } from '../webchat.config';
import { demoSites, pickLanguage } from './demo-sites';
import { escapeHtml } from './escape-html';
import { PagesService } from './pages.service';
import { type PageReply, type PageRequest, sendDocument, sendFile } from './reply';

/**
 * Three small sites of invented companies, each with the snippet its owner would put in. They stand on 127.0.0.1 and
 * take the widget from localhost: to the browser these are two sites, as they would be in life.
 */
@Controller('demo')
export class DemoController {
  constructor(
    private readonly pages: PagesService,
    private readonly config: WebchatConfig,
  ) {}

  @Get()
  index(@Res() reply: PageReply): void {
    reply.redirect('/demo/clinic');
  }

  @Get('assets/:name')
  asset(@Param('name') name: string, @Req() request: PageRequest, @Res() reply: PageReply): void {
    sendFile(request, reply, this.pages.file(`demo/${name}`), 'public, max-age=300');
  }

  @Get(':site')
  site(@Param('site') site: string, @Query('lang') asked: unknown, @Req() request: PageRequest, @Res() reply: PageReply): void {
    const languages = demoSites[site];
    const language = languages && pickLanguage(languages, asked, request.headers['accept-language']);
    const html = language && this.pages.text(`demo/${site}.${language}.html`);
    if (!html) {
      sendDocument(reply.code(404), 'There is no such demo site. Try /demo/clinic, /demo/shop or /demo/insurer.', "default-src 'none'");
      return;
    }
    const origin = this.widgetOrigin(request.headers.host);
    const policy = `default-src 'none'; style-src 'self'; img-src 'self'; script-src ${origin}; frame-src ${origin}; base-uri 'none'; form-action 'none'`;
    sendDocument(
      reply,
      html.replaceAll('%WIDGET_ORIGIN%', () => escapeHtml(origin)),
      policy,
    );
  }

  private widgetOrigin(host: string | undefined): string {
    if (this.config.publicOrigin) return new URL(this.config.publicOrigin).origin;
    const port = /:(\d{1,5})$/.exec(host ?? '')?.[1];
    return `http://localhost${port ? `:${port}` : ''}`;
  }
}
