import type { ServiceDefinition } from '@cordboard/service-kit';
import { gatewayService } from '../../gateway/src/service';
import { identityService } from '../../identity/src/service';
import { inboxService } from '../../inbox/src/service';
import { routingService } from '../../routing/src/service';
import { webchatService } from '../../webchat/src/service';

/** Every service there is, in the order they start: who is asked stands before who asks. */
export const services: readonly ServiceDefinition[] = [identityService, inboxService, routingService, webchatService, gatewayService];
