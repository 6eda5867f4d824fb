import type { UserError } from '@cordboard/rpc';
import { notFound, permissions, routingCalls } from '@cordboard/rpc';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { withWork } from '../conversation/with-work';
import type { SignedInContext } from '../schema/gateway-context';
import { done } from '../schema/refusal.type';
import { detail, orRefusal } from '../schema/refusals';
import { Requires } from '../session/access';
import { Services } from '../session/services';
import { AcceptOfferInput, AcceptOfferResult, DeclineOfferInput, DeclineOfferResult, Offer } from './offer.types';

const OFFER_GONE = (error: UserError) => ({
  __typename: 'OfferGone',
  code: error.code,
  message: error.message,
  takenBy: detail(error, 'takenBy'),
});

@Resolver(() => Offer)
export class OfferResolver {
  constructor(private readonly services: Services) {}

  @Requires(permissions.workAccept)
  @Query(() => [Offer], { description: 'What rings at the viewer now.' })
  offers(@Context() context: SignedInContext) {
    return this.services.ask(context, routingCalls.getOffers, {});
  }

  @Requires(permissions.workAccept)
  @Mutation(() => AcceptOfferResult, { description: 'Takes the conversation that rings.' })
  acceptOffer(@Args('input', { description: 'Which offer.' }) input: AcceptOfferInput, @Context() context: SignedInContext) {
    return orRefusal(this.accepted(input, context), { OFFER_GONE });
  }

  @Requires(permissions.workAccept)
  @Mutation(() => DeclineOfferResult, { description: 'Leaves the conversation that rings to others.' })
  declineOffer(@Args('input', { description: 'Which offer, and why.' }) input: DeclineOfferInput, @Context() context: SignedInContext) {
    const { tenantId, offerId, token, clientId, reason } = input;
    const work = this.services.ask(context, routingCalls.declineOffer, { tenantId, offerId, token, clientId, reason }).then(() => done);
    return orRefusal(work, { OFFER_GONE });
  }

  private async accepted({ tenantId, offerId, token, clientId }: AcceptOfferInput, context: SignedInContext) {
    const work = await this.services.ask(context, routingCalls.acceptOffer, { tenantId, offerId, token, clientId });
    const conversation = await context.loaders.conversations.load({ tenantId, conversationId: work.conversationId });
    if (!conversation) throw notFound('conversation');
    return { __typename: 'ConversationPayload', conversation: withWork(conversation, work) };
  }
}
