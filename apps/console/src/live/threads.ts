import type { ApolloClient } from '@apollo/client';
import { timelineQuery } from '../api/conversations.graphql';
import type { Entry } from '../api/types';
import { oneAtATime } from '../shared/one-at-a-time';
import { createStore } from '../shared/store';
import { hasHole, mergeLive, type Thread } from './thread';

/**
 * Loads and refreshes timelines. A thread that is cached is shown as it is and asked only for what changed after its rev;
 * events that come while a thread is first loading wait here and join it afterwards, so that none falls between.
 */
export type ThreadStatus = 'loading' | 'ready' | 'failed';
export const threadStatus = createStore<Readonly<Record<string, ThreadStatus>>>({});

const say = (id: string, status: ThreadStatus) => threadStatus.set((now) => (now[id] === status ? now : { ...now, [id]: status }));

export class Threads {
  private readonly loaders = new Map<string, () => Promise<void>>();
  private readonly loading = new Set<string>();
  private readonly early = new Map<string, Entry[]>();
  private readonly loadingOlder = new Set<string>();

  constructor(private readonly client: ApolloClient) {}

  cached(tenantId: string, conversationId: string): Thread | null {
    const found = this.client.cache.readQuery({ query: timelineQuery, variables: { tenantId, conversationId } });
    return found?.timeline ?? null;
  }

  /** Makes a thread complete up to now. */
  refresh(tenantId: string, conversationId: string): Promise<void> {
    const load = this.loaders.get(conversationId) ?? oneAtATime(() => this.load(tenantId, conversationId));
    this.loaders.set(conversationId, load);
    return load();
  }

  private async load(tenantId: string, conversationId: string): Promise<void> {
    this.loading.add(conversationId);
    let thread = this.cached(tenantId, conversationId);
    say(conversationId, thread ? 'ready' : 'loading');
    try {
      if (!thread) {
        await this.ask({ tenantId, conversationId });
      } else {
        for (let more = true; more && thread; thread = this.cached(tenantId, conversationId)) {
          const before: number = thread.rev;
          more = await this.ask({ tenantId, conversationId, afterRev: before, first: 500 });
          if ((this.cached(tenantId, conversationId)?.rev ?? before) <= before) break;
        }
      }
      const waited = this.early.get(conversationId) ?? [];
      this.early.delete(conversationId);
      for (const entry of waited) this.write(tenantId, conversationId, entry, 0);
      say(conversationId, 'ready');
    } catch {
      this.early.delete(conversationId);
      say(conversationId, this.cached(tenantId, conversationId) ? 'ready' : 'failed');
    } finally {
      this.loading.delete(conversationId);
    }
  }

  private async ask(variables: { tenantId: string; conversationId: string; afterRev?: number; beforeSeq?: number; first?: number }) {
    const { data } = await this.client.query({ query: timelineQuery, variables, fetchPolicy: 'network-only' });
    return data?.timeline.hasMore ?? false;
  }

  /** Older entries than the loaded ones, one page. */
  async older(tenantId: string, conversationId: string): Promise<void> {
    const first = this.cached(tenantId, conversationId);
    const oldest = first?.entries[0];
    if (!first?.hasMore || !oldest || this.loadingOlder.has(conversationId)) return;
    this.loadingOlder.add(conversationId);
    try {
      await this.ask({ tenantId, conversationId, beforeSeq: oldest.seq });
    } catch {
      // Scrolling up again asks again; nothing shown is wrong meanwhile.
    } finally {
      this.loadingOlder.delete(conversationId);
    }
  }

  /** An event of a conversation: joins its thread if one is cached or on its way, else there is nothing to do. */
  receive(tenantId: string, conversationId: string, entry: Entry | null, conversationRev: number): void {
    if (entry && this.loading.has(conversationId)) this.early.set(conversationId, [...(this.early.get(conversationId) ?? []), entry]);
    if (!this.cached(tenantId, conversationId)) return;
    this.write(tenantId, conversationId, entry, conversationRev);
    const thread = this.cached(tenantId, conversationId);
    if (thread && hasHole(thread)) void this.refresh(tenantId, conversationId);
  }

  private write(tenantId: string, conversationId: string, entry: Entry | null, conversationRev: number): void {
    const name = `timeline:${JSON.stringify({ tenantId, conversationId })}`;
    this.client.cache.modify({
      id: 'ROOT_QUERY',
      fields: {
        timeline: (known: unknown, { storeFieldName }) =>
          storeFieldName === name ? mergeLive(known as Thread, entry, conversationRev) : known,
      },
    });
  }
}
