import { IconInbox, Late, Place, tenantColour } from '@cordboard/ui';
import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation, Queue, Tenant } from '../api/types';
import { useCommands } from '../conversation/commands';
import { holdOrder } from '../list/order';
import { useWaiting } from '../list/use-lists';
import { customerName, localized } from '../shared/names';
import { openConversation } from '../shared/route';
import { useAgents, useMay, useQueues, useTenants } from '../shared/session';
import { useNow } from '../shared/use-now';
import { clockText, waitState } from '../shared/wait';
import { WaitClock } from '../shared/wait-clock';

const waitsSince = (conversation: Conversation) => conversation.unansweredSince ?? conversation.openedAt;

function Mark({ tenant }: { tenant: Tenant | undefined }) {
  return <i className="swatch" style={{ background: tenant ? tenantColour(tenant.colour) : 'var(--line)' }} />;
}

/** Sums over what waits: how many, how long, how many past their target. */
function Figures({ rows, queues }: { rows: readonly Conversation[]; queues: ReadonlyMap<string, Queue> }) {
  const { t } = useTranslation();
  const now = useNow();
  const waits = rows.map((row) => ({ ms: now - Date.parse(waitsSince(row)), queue: queues.get(row.queueId ?? '') }));
  const states = waits.map(({ ms, queue }) => waitState(ms, queue));
  const longest = waits.reduce<(typeof waits)[number] | null>((most, each) => (most && most.ms >= each.ms ? most : each), null);
  const past = states.filter((state) => state === 'breached').length;
  return (
    <div className="figures">
      <div>
        <span className="small quiet">{t('board.waiting')}</span>
        <b>{rows.length}</b>
        <span className="small quiet">{t('board.pastTarget', { count: past })}</span>
      </div>
      <div>
        <span className="small quiet">{t('board.longest')}</span>
        <b data-state={longest ? waitState(longest.ms, longest.queue) : 'ok'}>{longest ? clockText(longest.ms) : '0:00'}</b>
        <span className="small quiet">{longest?.queue ? t('board.target', { clock: clockText(longest.queue.targetMs) }) : '\u00a0'}</span>
      </div>
      <div>
        <span className="small quiet">{t('board.near')}</span>
        <b data-state={states.includes('near') ? 'near' : 'ok'}>{states.filter((state) => state === 'near').length}</b>
        <span className="small quiet">{t('board.nearText')}</span>
      </div>
    </div>
  );
}

function QueueTable({ rows }: { rows: readonly Conversation[] }) {
  const { t, i18n } = useTranslation();
  const tenants = useTenants();
  const queues = useQueues();
  const shown = [...queues.values()].sort(
    (a, b) => (tenants.get(a.tenantId)?.name ?? '').localeCompare(tenants.get(b.tenantId)?.name ?? '') || (a.id < b.id ? -1 : 1),
  );
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t('board.queue')}</th>
          <th scope="col" className="right">
            {t('board.waiting')}
          </th>
          <th scope="col" className="right">
            {t('board.longest')}
          </th>
          <th scope="col" className="right">
            {t('board.targetHead')}
          </th>
        </tr>
      </thead>
      <tbody>
        {shown.map((queue) => {
          const here = rows.filter((row) => row.queueId === queue.id);
          const oldest = here.map(waitsSince).sort()[0];
          const tenant = tenants.get(queue.tenantId);
          return (
            <tr key={queue.id}>
              <td>
                <Mark tenant={tenant} />
                {tenant?.shortName} · {localized(queue.name, i18n.language)}
              </td>
              <td className="right">{here.length}</td>
              <td className="right">{oldest ? <WaitClock since={oldest} queue={queue} /> : <span className="faint">–</span>}</td>
              <td className="right quiet">{clockText(queue.targetMs)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function WaitingTable({ rows }: { rows: readonly Conversation[] }) {
  const { t, i18n } = useTranslation();
  const tenants = useTenants();
  const queues = useQueues();
  const agents = useAgents();
  const mayTake = useMay('work:take');
  const commands = useCommands();
  const [pointed, setPointed] = useState(false);
  const order = useRef<string[]>([]);
  const sorted = rows.map((row) => row.id);
  order.current = pointed ? holdOrder(order.current, sorted) : sorted;
  const byId = new Map(rows.map((row) => [row.id, row]));
  const take = (row: Conversation) => {
    void commands.take(row);
    openConversation(row.tenantId, row.id);
  };
  const where = (row: Conversation) => {
    if (row.workState !== 'OFFERED') return t('board.queued');
    const name = agents.find((agent) => agent.id === row.assigneeId)?.name;
    return name ? t('board.offeredTo', { name }) : t('state.offered');
  };
  return (
    <table onPointerEnter={() => setPointed(true)} onPointerLeave={() => setPointed(false)}>
      <thead>
        <tr>
          <th scope="col">{t('board.customer')}</th>
          <th scope="col" className="wide-only">
            {t('board.queue')}
          </th>
          <th scope="col" className="wide-only">
            {t('board.where')}
          </th>
          <th scope="col" className="right">
            {t('board.waits')}
          </th>
          <th scope="col">
            <span className="sr-only">{t('board.acts')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {order.current.flatMap((id) => {
          const row = byId.get(id);
          if (!row) return [];
          const queue = queues.get(row.queueId ?? '');
          const tenant = tenants.get(row.tenantId);
          return (
            <tr key={id}>
              <td>
                <button type="button" className="cell-button" onClick={() => openConversation(row.tenantId, row.id)}>
                  <b className="one-line">
                    <bdi>{customerName(row, t)}</bdi>
                  </b>
                  <span className="small quiet one-line">
                    <bdi>{row.lastLine}</bdi>
                  </span>
                </button>
              </td>
              <td className="wide-only">
                <Mark tenant={tenant} />
                {tenant?.shortName}
                {queue ? ` · ${localized(queue.name, i18n.language)}` : ''}
              </td>
              <td className="wide-only quiet">{where(row)}</td>
              <td className="right">
                <WaitClock since={waitsSince(row)} queue={queue} />
              </td>
              <td className="right">
                {mayTake ? (
                  <Button variant="default" aria-label={t('board.takeWhom', { name: customerName(row, t) })} onClick={() => take(row)}>
                    {t('conversation.take')}
                  </Button>
                ) : null}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Everybody who waits, over all clients one serves. */
export default function BoardPage() {
  const { t } = useTranslation();
  const list = useWaiting();
  const queues = useQueues();
  if (list.failed) {
    return (
      <div className="page">
        <h1>{t('board.title')}</h1>
        <Place alert title={t('list.failed.title')} text={t('list.failed.text')} action={{ label: t('common.retry'), run: list.retry }} />
      </div>
    );
  }
  if (!list.loaded) {
    return (
      <div className="page">
        <h1>{t('board.title')}</h1>
        <Late>
          <div className="page-bones" aria-hidden="true">
            <span className="page-bones-figures" />
            {[38, 52, 44, 60].map((width) => (
              <span key={width} className="bone" style={{ width: `${width}%` }} />
            ))}
          </div>
        </Late>
      </div>
    );
  }
  return (
    <div className="page">
      <h1>{t('board.title')}</h1>
      <Figures rows={list.rows} queues={queues} />
      <h2>{t('board.queues')}</h2>
      <QueueTable rows={list.rows} />
      <h2>{t('board.next')}</h2>
      {list.rows.length > 0 ? (
        <WaitingTable rows={list.rows} />
      ) : (
        <div className="page-empty">
          <Place icon={<IconInbox size={28} stroke={1.4} />} title={t('list.empty.waiting.title')} text={t('list.empty.waiting.text')} />
        </div>
      )}
    </div>
  );
}
