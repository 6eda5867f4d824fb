import type { ApolloClient } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { Agent, Queue, Tenant, Viewer } from '../api/types';
import { agentsQuery, queuesQuery, viewerQuery } from '../api/viewer.graphql';
import type { LiveSession } from '../live/live-session';
import type { Outbox } from '../outbox/outbox';

/** What a signed-in window works with. */
export interface Session {
  client: ApolloClient;
  live: LiveSession;
  outbox: Outbox;
  viewer: Viewer;
  signOut: (everywhere: boolean) => void;
}

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

export const useSession = (): Session => {
  const session = useContext(SessionContext);
  if (!session) throw new Error('This part is shown to signed-in people only: wrap it in a SessionProvider.');
  return session;
};

/** The viewer as the cache has them now, presence included. */
export const useViewer = (): Viewer => {
  const { viewer } = useSession();
  const { data } = useQuery(viewerQuery, { fetchPolicy: 'cache-only' });
  return (data?.viewer as Viewer | null | undefined) ?? viewer;
};

/** May the viewer do this anywhere? */
export const useMay = (permission: string): boolean => useViewer().permissions.includes(permission);

export const useTenants = (): ReadonlyMap<string, Tenant> => {
  const { tenants } = useViewer();
  return useMemo(() => new Map(tenants.map((tenant) => [tenant.id, tenant])), [tenants]);
};

export const useQueues = (): ReadonlyMap<string, Queue> => {
  const { data } = useQuery(queuesQuery, { fetchPolicy: 'cache-only' });
  const queues = data?.queues as Queue[] | undefined;
  return useMemo(() => new Map((queues ?? []).map((queue) => [queue.id, queue])), [queues]);
};

export const useAgents = (): readonly Agent[] => {
  const { data } = useQuery(agentsQuery, { fetchPolicy: 'cache-only' });
  return (data?.agents as Agent[] | undefined) ?? none;
};
const none: readonly Agent[] = [];
