import { IdentityFixture } from '../../testing/identity-fixture';

describe('a session', () => {
  let identity: IdentityFixture;
  beforeAll(async () => {
    identity = await IdentityFixture.start();
  });
  afterAll(() => identity.close());

  const age = (interval: string, column: string, id: string) =>
    identity.testing.admin.query(`update identity.session set ${column} = ${column} - $1::interval where id = $2`, [interval, id]);

  it('ends twelve hours after its last use', async () => {
    const { token, actor } = await identity.signIn((await identity.aPerson()).email);
    await age('11 hours', 'last_used_at', actor.sessionId);
    await expect(identity.sessions.resolve(token, false)).resolves.not.toBeNull();
    await age('61 minutes', 'last_used_at', actor.sessionId);
    await expect(identity.sessions.resolve(token, true)).resolves.toBeNull();
  });

  it('is kept alive by use, not by being looked at', async () => {
    const { token, actor } = await identity.signIn((await identity.aPerson()).email);
    await age('11 hours', 'last_used_at', actor.sessionId);
    await identity.sessions.resolve(token, true);
    await age('11 hours', 'last_used_at', actor.sessionId);
    await identity.sessions.resolve(token, false);
    await age('61 minutes', 'last_used_at', actor.sessionId);
    await expect(identity.sessions.resolve(token, true)).resolves.toBeNull();
  });

  it('ends after seven days in any case', async () => {
    const { token, actor } = await identity.signIn((await identity.aPerson()).email);
    await age('7 days', 'ends_at', actor.sessionId);
    await expect(identity.sessions.resolve(token, true)).resolves.toBeNull();
  });

  it('is ended by signing out, and the others by signing out everywhere; each is told', async () => {
    const { email, id } = await identity.aPerson();
    const [one, two, three] = await Promise.all([identity.signIn(email), identity.signIn(email), identity.signIn(email)]);
    await expect(identity.sessions.revoke(one.actor, false)).resolves.toEqual([one.actor.sessionId]);
    await expect(identity.sessions.resolve(one.token, true)).resolves.toBeNull();
    await expect(identity.sessions.resolve(two.token, true)).resolves.not.toBeNull();
    const rest = await identity.sessions.revoke(two.actor, true);
    expect(rest.sort()).toEqual([two.actor.sessionId, three.actor.sessionId].sort());
    const told = await identity.logged<{ sessionId: string; personId: string }>('session.revoked');
    expect(
      told
        .filter(({ personId }) => personId === id)
        .map(({ sessionId }) => sessionId)
        .sort(),
    ).toEqual([one, two, three].map(({ actor }) => actor.sessionId).sort());
  });

  it('is unknown for a token that was never given', async () => {
    await expect(identity.sessions.resolve('never given', true)).resolves.toBeNull();
  });
});
