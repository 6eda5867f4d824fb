import { ApolloClient, ApolloLink, Observable } from '@apollo/client';
import { ApolloProvider } from '@apollo/client/react';
import { act, cleanup, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { aConversation, anOffer } from '../../testing/builders';
import { startTestLanguage } from '../../testing/language';
import { createCache } from '../api/cache';
import { Offers } from '../live/offers';
import { type Session, SessionProvider } from '../shared/session';
import { useOffers } from './use-offers';

const show = () => {
  const sent: string[] = [];
  let answer: () => void = () => undefined;
  const link = new ApolloLink(
    ({ operationName }) =>
      new Observable((observer) => {
        sent.push(operationName ?? '');
        answer = () => {
          observer.next({ data: { acceptOffer: { __typename: 'ConversationPayload', conversation: aConversation() } } });
          observer.complete();
        };
      }),
  );
  const client = new ApolloClient({ cache: createCache(), link });
  const live = { offers: new Offers(client, 'me'), accept: jest.fn() };
  const session = { client, live, viewer: { id: 'me' } } as unknown as Session;
  const wrapper = ({ children }: { children: ReactNode }) => (
    <ApolloProvider client={client}>
      <SessionProvider session={session}>{children}</SessionProvider>
    </ApolloProvider>
  );
  const { result } = renderHook(useOffers, { wrapper });
  return { sent, result, live, answer: () => answer() };
};

describe('an offer', () => {
  beforeAll(startTestLanguage);
  afterEach(cleanup);

  it('is accepted once, however often the key is pressed before and after the answer', async () => {
    const { sent, result, live, answer } = show();
    const offer = anOffer();
    live.offers.receive(offer, null);
    await act(async () => {
      for (let press = 0; press < 3; press++) void result.current.accept(offer);
    });
    await act(async () => answer());
    await act(async () => void result.current.accept(offer));
    expect(sent).toEqual(['AcceptOffer']);
    expect(live.accept).toHaveBeenCalledTimes(1);
  });

  it('is declined once, and not accepted after that', async () => {
    const { sent, result, live } = show();
    const offer = anOffer();
    live.offers.receive(offer, null);
    await act(async () => {
      for (let press = 0; press < 2; press++) void result.current.decline(offer, 'BUSY');
      void result.current.accept(offer);
    });
    expect(sent).toEqual(['DeclineOffer']);
  });
});
