import { seeded } from '../drive/random';
import { markedText, readCustomerEntry, readMarker } from './marker';

describe('markedText', () => {
  it('is 130 bytes nineteen times of twenty, else 2 kB, and can be read back', () => {
    const random = seeded(1);
    const texts = Array.from({ length: 4000 }, (_, seq) => markedText({ direction: 'in', step: 3, lane: 199, seq }, random));
    const long = texts.filter((text) => text.length === 2000).length;
    expect(texts.filter((text) => text.length === 130).length).toBe(4000 - long);
    expect(long).toBeGreaterThan(140);
    expect(long).toBeLessThan(260);
    expect(readMarker(texts[42] ?? '')).toEqual({ direction: 'in', step: 3, lane: 199, seq: 42 });
    expect(readMarker('Hello')).toBeUndefined();
  });
});

describe('readCustomerEntry', () => {
  const frame = (author: string, entry = true) =>
    `{"id":"mine","type":"next","payload":{"data":{"conversationEvents":{"conversation":{"id":"c","lastLine":"#in.9.9.9# old"},"entry":${
      entry
        ? `{"id":"e","conversationId":"c","seq":17,"rev":40,"kind":"MESSAGE","author":"${author}","authorId":null,"text":"#in.1.2.3# hello"}`
        : 'null'
    },"left":false}}}}`;

  it('finds a customer’s message and its place', () => {
    expect(readCustomerEntry(frame('CUSTOMER'))).toEqual({ direction: 'in', step: 1, lane: 2, seq: 3, position: 17 });
  });

  it('finds nothing in an agent’s message and in a frame without entry', () => {
    expect(readCustomerEntry(frame('AGENT'))).toBeUndefined();
    expect(readCustomerEntry(frame('CUSTOMER', false))).toBeUndefined();
  });
});
