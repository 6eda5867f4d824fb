import { type Actor, signActor, verifyActor } from './actor';

const actor: Actor = {
  personId: '01900000-0000-7000-8000-000300000001',
  name: 'Maria Kern',
  operatorId: '01900000-0000-7000-8000-000100000001',
  sessionId: '01900000-0000-7000-8000-000400000001',
  grants: [{ tenantId: '01900000-0000-7000-8000-000200000001', role: 'agent' }],
};
const key = new Uint8Array(32).fill(1);

describe('verifyActor', () => {
  afterEach(() => jest.useRealTimers());

  it('gives the actor that was signed, again for the same token', async () => {
    const token = await signActor(actor, key);
    expect(await verifyActor(token, key)).toEqual(actor);
    expect(await verifyActor(token, key)).toEqual(actor);
  });

  it('refuses another key, also for a token it has found good', async () => {
    const token = await signActor(actor, key);
    await verifyActor(token, key);
    await expect(verifyActor(token, new Uint8Array(32).fill(2))).rejects.toThrow();
    // Not at its end: the last character has bits that do not count.
    const place = token.lastIndexOf('.') + 1;
    const forged = `${token.slice(0, place)}${token[place] === 'A' ? 'B' : 'A'}${token.slice(place + 1)}`;
    await expect(verifyActor(forged, key)).rejects.toThrow();
  });

  it('refuses a token it has found good once it has expired', async () => {
    const token = await signActor(actor, key, 60);
    await verifyActor(token, key);
    jest.useFakeTimers({ now: Date.now() + 61_000, doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    await expect(verifyActor(token, key)).rejects.toThrow();
  });
});
