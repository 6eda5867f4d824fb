import { Database } from '@cordboard/persistence';
import { UserError } from '@cordboard/rpc';
import { Injectable } from '@nestjs/common';
import { audit } from '../audit/audit';
import { type PersonRow, personColumns } from '../directory/person-row';
import { PasswordHasher } from '../password/password-hasher';
import { actorOf, SessionService } from '../session/session.service';
import { SignInLimits } from './sign-in-limits';

export interface Credentials {
  email: string;
  password: string;
  address: string;
  userAgent: string;
}

@Injectable()
export class SignInService {
  constructor(
    private readonly database: Database,
    private readonly passwords: PasswordHasher,
    private readonly limits: SignInLimits,
    private readonly sessions: SessionService,
  ) {}

  /** The password is checked outside any transaction: it takes tens of milliseconds. */
  async signIn({ email, password, address, userAgent }: Credentials) {
    const account = email.trim().toLowerCase();
    const { attempt, person } = await this.database.system(async (tx) => ({
      attempt: await this.limits.begin(tx, account, address),
      person: await tx.first<PersonRow>(`select ${personColumns} from person p where lower(p.email) = $1 and p.archived_at is null`, [
        account,
      ]),
    }));
    if (!(await this.passwords.verify(password, person?.password_hash)) || !person) return this.refuse(attempt, address, person);
    return this.database.system(async (tx) => {
      await this.limits.succeeded(tx, account);
      const { token, sessionId, expiresAt } = await this.sessions.open(tx, person, address, userAgent);
      await audit(tx, { operatorId: person.operator_id, personId: person.id, action: 'signed-in', detail: { address, sessionId } });
      return { token, expiresAt, actor: actorOf(person, sessionId), language: person.language };
    });
  }

  /** Says the same whether the account exists or not. */
  private async refuse(attempt: string, address: string, person: PersonRow | undefined): Promise<never> {
    await this.database.system(async (tx) => {
      await this.limits.failed(tx, attempt);
      if (person) await audit(tx, { operatorId: person.operator_id, personId: person.id, action: 'sign-in-refused', detail: { address } });
    });
    throw new UserError('SIGN_IN_REFUSED', 'The e-mail address or the password is not right. Check both and try again.');
  }
}
