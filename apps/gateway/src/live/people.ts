import type { PersonShape } from '@cordboard/events';
import { Injectable } from '@nestjs/common';

type Known = Pick<PersonShape, 'id' | 'grants' | 'archivedAt'>;

/** Which tenants each person serves, to tell who may see them: from answers of identity, kept up by `person.changed`. */
@Injectable()
export class People {
  private readonly tenantsById = new Map<string, readonly string[]>();

  learn(people: readonly Known[]): void {
    for (const { id, grants, archivedAt } of people) {
      this.tenantsById.set(id, archivedAt ? [] : [...new Set(grants.map((grant) => grant.tenantId))]);
    }
  }

  tenantsOf(personId: string): readonly string[] {
    return this.tenantsById.get(personId) ?? [];
  }
}
