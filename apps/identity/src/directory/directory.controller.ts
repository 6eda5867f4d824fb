import type { TenantShape } from '@cordboard/events';
import { Database } from '@cordboard/persistence';
import { type Actor, identityCalls } from '@cordboard/rpc';
import { Answers, type Call } from '@cordboard/service-kit';
import { Controller } from '@nestjs/common';
import { type PersonRow, personColumns, personOf } from './person-row';

const tenantIdsOf = (actor: Actor) => [...new Set(actor.grants.map((grant) => grant.tenantId))];

/** Who and what there is, as far as the asker's tenants go. */
@Controller()
export class DirectoryController {
  constructor(private readonly database: Database) {}

  @Answers(identityCalls.getTenants)
  async getTenants({ actor }: Call<typeof identityCalls.getTenants>) {
    const rows = await this.database.viewer(tenantIdsOf(actor), (tx) =>
      tx.query<{ profile: TenantShape }>('select profile from tenant order by slug'),
    );
    return rows.map((row) => row.profile);
  }

  @Answers(identityCalls.getPeople)
  async getPeople({ actor }: Call<typeof identityCalls.getPeople>) {
    const rows = await this.database.system((tx) =>
      tx.query<PersonRow>(
        `select ${personColumns} from person p
         where p.archived_at is null and p.operator_id = $1
           and p.id in (select person_id from person_grant where tenant_id = any ($2)) order by p.name, p.id`,
        [actor.operatorId, tenantIdsOf(actor)],
      ),
    );
    return rows.map(personOf);
  }
}
