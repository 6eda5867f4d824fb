import { UserError } from '@cordboard/rpc';
import { IdentityFixture } from '../../testing/identity-fixture';

interface Refused {
  code: string;
  message: string;
  retryAfterMs?: unknown;
}

const refusedWith = async (attempt: Promise<unknown>): Promise<Refused> => {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof UserError) return { code: error.code, message: error.message, ...error.details };
  throw error ?? new Error('Nobody was to sign in here.');
};

describe('signing in', () => {
  let identity: IdentityFixture;
  beforeAll(async () => {
    identity = await IdentityFixture.start();
  });
  afterAll(() => identity.close());

  it('opens a session for the right password, whatever the case of the address', async () => {
    const person = await identity.aPerson();
    const { token, actor } = await identity.signIn(person.email.toUpperCase());
    expect(actor).toMatchObject({ personId: person.id, grants: person.grants });
    const resolved = await identity.sessions.resolve(token, true);
    expect(resolved).toMatchObject({ actor, email: person.email });
  });

  it('keeps no token that could be used', async () => {
    const { token } = await identity.signIn((await identity.aPerson()).email);
    const { rows } = await identity.testing.admin.query(`select s::text || encode(token_hash, 'escape') as text from identity.session s`);
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('answers the same for a wrong password and for nobody', async () => {
    const person = await identity.aPerson();
    const wrong = await refusedWith(identity.signIn(person.email, 'a guess'));
    const nobody = await refusedWith(identity.signIn('nobody@demo.example', 'a guess'));
    expect(wrong).toEqual(nobody);
    expect(wrong.code).toBe('SIGN_IN_REFUSED');
  });

  it.each(['an account that exists', 'an account that does not'])(
    'makes %s wait after too many failures, longer each time',
    async (which) => {
      const email = which.endsWith('exists') ? (await identity.aPerson()).email : 'ghost@demo.example';
      for (let n = 0; n < 3; n++) await refusedWith(identity.signIn(email, 'a guess'));
      const first = await refusedWith(identity.signIn(email));
      expect(first).toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
      expect(Number(first.retryAfterMs)).toBeGreaterThan(25_000);
      await identity.testing.admin.query(`update identity.sign_in_attempt set at = at - interval '31 s' where account = $1`, [
        email.toLowerCase(),
      ]);
      await refusedWith(identity.signIn(email, 'a guess'));
      expect(Number((await refusedWith(identity.signIn(email))).retryAfterMs)).toBeGreaterThan(55_000);
    },
  );

  it('counts guesses that come all at once', async () => {
    const person = await identity.aPerson();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => refusedWith(identity.signIn(person.email, 'a guess'))));
    expect(outcomes.filter(({ code }) => code === 'SIGN_IN_REFUSED')).toHaveLength(3);
  });

  it('makes an address wait that fails for many accounts, and lets a whole office in', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, () => identity.aPerson()));
    const office = await Promise.all(people.map((person) => identity.signIn(person.email, undefined, 'office')));
    expect(office).toHaveLength(8);
    for (let n = 0; n < 6; n++) await refusedWith(identity.signIn(`guess-${n}@demo.example`, 'a guess', 'attacker'));
    expect(await refusedWith(identity.signIn('guess-7@demo.example', 'a guess', 'attacker'))).toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
  });

  it('forgets failures after a success', async () => {
    const person = await identity.aPerson();
    for (let n = 0; n < 2; n++) await refusedWith(identity.signIn(person.email, 'a guess'));
    await identity.signIn(person.email);
    for (let n = 0; n < 2; n++) await refusedWith(identity.signIn(person.email, 'a guess'));
    await expect(identity.signIn(person.email)).resolves.toBeDefined();
  });

  it('lets nobody in who has been archived', async () => {
    const person = await identity.aPerson();
    const { token } = await identity.signIn(person.email);
    await identity.testing.admin.query('update identity.person set archived_at = now() where id = $1', [person.id]);
    expect(await refusedWith(identity.signIn(person.email))).toMatchObject({ code: 'SIGN_IN_REFUSED' });
    await expect(identity.sessions.resolve(token, true)).resolves.toBeNull();
  });

  it('leaves rows in the audit log that identity itself cannot change', async () => {
    const person = await identity.aPerson();
    await identity.signIn(person.email);
    const actions = await identity.database.system((tx) =>
      tx.query<{ action: string }>('select action from audit where person_id = $1 order by id', [person.id]),
    );
    expect(actions.map(({ action }) => action)).toEqual(['person-provisioned', 'signed-in']);
    for (const change of ['delete from audit', `update audit set action = 'nothing'`, 'truncate audit']) {
      await expect(identity.database.system((tx) => tx.query(change))).rejects.toThrow('permission denied');
    }
  });
});
