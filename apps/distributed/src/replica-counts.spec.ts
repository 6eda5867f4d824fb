import { parseReplicas } from './replica-counts';

const services = ['inbox', 'gateway'];

describe('--replicas', () => {
  it('gives one of each where nothing is said', () => expect(parseReplicas('', services)).toEqual({ inbox: 1, gateway: 1 }));
  it('counts what is named', () => expect(parseReplicas('gateway=3', services)).toEqual({ inbox: 1, gateway: 3 }));
  it.each([
    ['inbx=2', 'there is no service inbx. Services: inbox, gateway.'],
    ['inbox=0', 'inbox can have 1 to 20 replicas, not “0”'],
    ['inbox=21', 'not “21”'],
    ['inbox', 'not “”'],
  ])('refuses %s', (text, why) => expect(() => parseReplicas(text, services)).toThrow(why));
});
