import type { Database } from '@cordboard/persistence';

export interface Stranded {
  tenant_id: string;
  conversation_id: string;
}

/** What there is to do, as the definer functions show it. */
export interface Seen {
  /** Offers of agents who are not there, chats of agents who have been gone too long. */
  offers: Stranded[];
  work: Stranded[];
  /** Operators with waiting work, and in which tenants it waits. */
  waiting: { operator_id: string; tenant_ids: string[] }[];
}

const atMost = 100;

export function lookRound(database: Database): Promise<Seen> {
  return database.system(async (tx) => {
    const [offers, work, waiting] = await Promise.all([
      tx.query<Stranded>({ name: 'stranded-offers', text: 'select * from stranded_offers($1)', values: [atMost] }),
      tx.query<Stranded>({ name: 'stranded-work', text: 'select * from stranded_work($1)', values: [atMost] }),
      tx.query<Seen['waiting'][number]>({ name: 'waiting', text: 'select * from waiting()' }),
    ]);
    return { offers, work, waiting };
  });
}
