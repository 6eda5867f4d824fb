import type { ApolloClient } from '@apollo/client';
import { serverNow } from '../api/server-clock';
import type { Offer, OfferEnding } from '../api/types';
import { createStore } from '../shared/store';
import { offersQuery } from './live.graphql';

export type OfferNews = { kind: 'missed' | 'withdrawn' | 'taken'; offer: Offer; takenBy?: string | null };

/** Told once when an offer ended without this person's doing. */
export const offerNews = createStore<OfferNews | null>(null);

/** The live offers to this person, kept in the cache; an offer that has ended never comes back, whatever arrives late. */
export class Offers {
  private readonly ended = new Set<string>();

  constructor(
    private readonly client: ApolloClient,
    private readonly viewerId: string,
  ) {}

  list(): readonly Offer[] {
    return this.client.cache.readQuery({ query: offersQuery })?.offers ?? [];
  }

  /** True while it can be answered: not yet answered, run out or gone, whatever the screen still shows. */
  rings(id: string): boolean {
    return !this.ended.has(id);
  }

  receive(offer: Offer, ending: OfferEnding | null): void {
    if (offer.agentId !== this.viewerId) return;
    if (ending) {
      const shown = this.list().some((each) => each.id === offer.id);
      this.drop(offer.id);
      if (shown && ending === 'EXPIRED') offerNews.set({ kind: 'missed', offer });
      if (shown && ending === 'WITHDRAWN') offerNews.set({ kind: 'withdrawn', offer });
      return;
    }
    if (this.ended.has(offer.id) || Date.parse(offer.deadline) <= serverNow()) return;
    this.write([...this.list().filter((each) => each.id !== offer.id), offer]);
  }

  /** Takes an offer off the screen for good: it was answered, ran out or is gone. */
  drop(id: string): void {
    this.ended.add(id);
    const now = this.list();
    if (now.some((each) => each.id === id)) this.write(now.filter((each) => each.id !== id));
  }

  /** Brings back one whose answer did not get through. */
  restore(offer: Offer): void {
    this.ended.delete(offer.id);
    this.receive(offer, null);
  }

  async resync(): Promise<void> {
    try {
      const { data } = await this.client.query({ query: offersQuery, fetchPolicy: 'no-cache' });
      if (data) this.write(data.offers.filter((offer) => !this.ended.has(offer.id) && Date.parse(offer.deadline) > serverNow()));
    } catch {
      // The cards on screen stay until their deadline; the next resync corrects them.
    }
  }

  private write(offers: readonly Offer[]): void {
    const sorted = [...offers].sort((a, b) => Date.parse(a.deadline) - Date.parse(b.deadline));
    this.client.cache.writeQuery({ query: offersQuery, data: { offers: sorted } });
  }
}
