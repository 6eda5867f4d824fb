import { OperationalError } from '@cordboard/rpc';
import { PasswordHasher } from './password-hasher';

describe('the password hasher', () => {
  const passwords = new PasswordHasher();
  afterAll(() => passwords.onApplicationShutdown());

  it('makes argon2id hashes with the parameters of OWASP and knows them again', async () => {
    const stored = await passwords.hash('correct horse');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await expect(passwords.verify('correct horse', stored)).resolves.toBe(true);
    await expect(passwords.verify('battery staple', stored)).resolves.toBe(false);
    await expect(passwords.verify('correct horse', undefined)).resolves.toBe(false);
  });

  it('fails one task that cannot be done, and goes on', async () => {
    await expect(passwords.verify('x', 'not a hash')).rejects.toThrow('argon2 failed');
    await expect(passwords.hash('x')).resolves.toContain('argon2id');
  });

  it('sends away what it cannot take in a storm, and answers the rest', async () => {
    const stored = await passwords.hash('x');
    const storm = await Promise.allSettled(Array.from({ length: 230 }, () => passwords.verify('x', stored)));
    const refused = storm.filter((outcome) => outcome.status === 'rejected');
    expect(refused.length).toBe(28);
    expect(refused.every(({ reason }) => reason instanceof OperationalError && reason.code === 'BUSY')).toBe(true);
    await expect(passwords.verify('x', stored)).resolves.toBe(true);
    // 203 hashes of 19 MiB on two low-priority threads: seconds of work on a busy machine.
  }, 60_000);
});
