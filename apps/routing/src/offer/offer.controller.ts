import { Database, failpoint } from '@cordboard/persistence';
import { can, notAllowed, permissions, routingCalls, tenantsWith } from '@cordboard/rpc';
import { Answers, type Call } from '@cordboard/service-kit';
import { Controller } from '@nestjs/common';
import { Changes } from '../change/changes';
import type { WorkRow } from '../work/work.rows';
import { acceptOffer } from './accept-offer';
import { declineOffer } from './decline-offer';
import { type OfferRow, offerColumns, offerShape } from './offer.rows';

type OfferWithWork = OfferRow & Pick<WorkRow, 'queue_id' | 'channel' | 'contact_name' | 'preview' | 'enqueued_at'>;

@Controller()
export class OfferController {
  constructor(
    private readonly changes: Changes,
    private readonly database: Database,
  ) {}

  @Answers(routingCalls.acceptOffer)
  async accept(call: Call<typeof routingCalls.acceptOffer>) {
    const { actor, input } = call;
    if (!can(actor, permissions.workAccept, input.tenantId)) throw notAllowed('accept conversations of this tenant');
    const work = await this.changes.command(routingCalls.acceptOffer, call, input.tenantId, (change) => acceptOffer(change, actor, input));
    failpoint('after-accept-before-answer');
    return work;
  }

  @Answers(routingCalls.declineOffer)
  async decline(call: Call<typeof routingCalls.declineOffer>) {
    const { actor, input } = call;
    if (!can(actor, permissions.workAccept, input.tenantId)) throw notAllowed('decline conversations of this tenant');
    return this.changes.command(routingCalls.declineOffer, call, input.tenantId, (change) => declineOffer(change, actor, input));
  }

  @Answers(routingCalls.getOffers)
  async getOffers({ actor }: Call<typeof routingCalls.getOffers>) {
    const rows = await this.database.viewer(tenantsWith(actor, permissions.workAccept), (tx) =>
      tx.query<OfferWithWork>(
        `select ${offerColumns}, w.queue_id, w.channel, w.contact_name, w.preview, w.enqueued_at
         from offer o join work_item w on w.tenant_id = o.tenant_id and w.conversation_id = o.conversation_id
         where o.agent_id = $1 and o.state = 'live' and o.deadline > now() order by o.made_at, o.id`,
        [actor.personId],
      ),
    );
    return rows.map((row) => offerShape(row, row));
  }
}
