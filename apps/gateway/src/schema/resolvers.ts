import { AgentResolver } from '../agent/agent.resolver';
import { ContactResolver } from '../contact/contact.resolver';
import { ConversationResolver } from '../conversation/conversation.resolver';
import { TimelineResolver } from '../conversation/timeline.resolver';
import { WorkResolver } from '../conversation/work.resolver';
import { LiveResolver } from '../live/live.resolver';
import { OfferResolver } from '../offer/offer.resolver';
import { SignInResolver } from '../session/sign-in.resolver';
import { ViewerResolver } from '../session/viewer.resolver';
import { TenantResolver } from '../tenant/tenant.resolver';

/** Every resolver of the public API: what is served, printed and checked for guards. */
export const resolvers = [
  ViewerResolver,
  SignInResolver,
  ConversationResolver,
  TimelineResolver,
  WorkResolver,
  ContactResolver,
  OfferResolver,
  AgentResolver,
  TenantResolver,
  LiveResolver,
];
