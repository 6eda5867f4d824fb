import { LOG } from '@cordboard/service-kit';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { WebchatConfig } from '../webchat.config';
import { type PageFile, readFiles } from './files';

/** The built widget and the demo sites, read once at start: a few small files. */
@Injectable()
export class PagesService implements OnModuleInit {
  private files = new Map<string, PageFile>();

  constructor(
    private readonly config: WebchatConfig,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    this.files = await readFiles(this.config.widgetDir);
    if (!this.files.has('loader.js')) {
      this.log.warn(
        { folder: this.config.widgetDir },
        'The widget has not been built (npm run build widget); sockets work, its pages do not',
      );
    }
  }

  file(path: string): PageFile | undefined {
    return this.files.get(path);
  }

  text(path: string): string | undefined {
    return this.files.get(path)?.plain.toString('utf8');
  }
}
