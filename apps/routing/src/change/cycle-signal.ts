import { Injectable } from '@nestjs/common';

/** Tells this process's router that something may have become possible: new work, a free agent. Nothing is lost when nobody hears. */
@Injectable()
export class CycleSignal {
  private listener: (() => void) | undefined;

  call(): void {
    this.listener?.();
  }

  /** One listener: the router. */
  onCall(listener: (() => void) | undefined): void {
    this.listener = listener;
  }
}
