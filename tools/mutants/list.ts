import type { Mutant } from './mutant';

/** One for each guard the message path stands on. */
export const mutants: readonly Mutant[] = [
  {
    name: 'key-lock',
    loses: 'Two transactions publish on one key at the same time: the later id may be read before the earlier.',
    file: 'libs/event-bus/src/migrations/20261123-create-log.ts',
    search: 'perform pg_advisory_xact_lock(hash) from',
    replacement: 'perform hash from',
    test: {
      suite: 'int',
      file: 'libs/event-bus/src/pg-conformance.int-spec.ts',
      name: 'lets a later event of a key wait for the earlier one to commit',
    },
  },
  {
    name: 'horizon',
    loses: 'The log is read forward alone: what a transaction in progress wrote is passed by and never read.',
    file: 'libs/event-bus/src/log-sql.ts',
    search: 'l.xid = any (array(select pg_snapshot_xip(',
    replacement: 'false and l.xid = any (array(select pg_snapshot_xip(',
    test: {
      suite: 'int',
      file: 'libs/event-bus/src/pg-conformance.int-spec.ts',
      name: 'skips no event of a transaction that was open while later ones committed',
    },
  },
  {
    name: 'fencing',
    loses: 'The token of an offer is not compared: an answer to an older offer takes the work of a newer one.',
    file: 'apps/routing/src/offer/offer.rows.ts',
    search: 'and o.token = $4',
    replacement: 'and $4::bigint is not null',
    test: { suite: 'int', file: 'apps/routing/src/offer/offer.int-spec.ts', name: 'with another token than their own are refused' },
  },
  {
    name: 'capacity',
    loses: 'The statement that takes an agent’s room does not look whether there is any.',
    file: 'apps/routing/src/agent/agent.rows.ts',
    search: 'and a.load + t.units <= a.capacity',
    replacement: '',
    test: { suite: 'int', file: 'apps/routing/src/work/work.int-spec.ts', name: 'cannot be taken by an agent whose capacity is used up' },
  },
  {
    name: 'policy',
    loses: 'Reading is not bound to the tenants of the transaction.',
    file: 'libs/persistence/src/policies.ts',
    search: "const readable = 'tenant_id = any ((select app.readable_tenants())::uuid[])';",
    replacement: "const readable = 'true';",
    test: {
      suite: 'int',
      file: 'libs/testing/src/test-database.int-spec.ts',
      name: 'has the schemas, and the service sees only its tenant',
    },
  },
  {
    name: 'dedupe',
    loses: 'An event that comes again is handled again.',
    file: 'libs/event-bus/src/group-worker.ts',
    search: 'works.filter(({ event }) => fresh.delete(',
    replacement: 'works.filter(({ event }) => String(',
    test: {
      suite: 'int',
      file: 'libs/event-bus/src/pg-conformance.int-spec.ts',
      name: 'has one effect of an event that was published twice',
    },
  },
  {
    name: 'expected-rev',
    loses: 'A conversation is closed over a message that the agent has not seen.',
    file: 'apps/inbox/src/conversation/close-conversation.ts',
    search: ' || inboundRev > expectedRev || stateRev > expectedRev;',
    replacement: ';',
    test: {
      suite: 'int',
      file: 'apps/inbox/src/conversation/close-and-reopen.int-spec.ts',
      name: 'is refused when the customer wrote what the agent had not seen',
    },
  },
];
