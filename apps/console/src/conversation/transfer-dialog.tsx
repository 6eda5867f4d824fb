import { Avatar } from '@cordboard/ui';
import { useTranslation } from 'react-i18next';
import type { Agent, Conversation } from '../api/types';
import { Dialog } from '../shared/dialog';
import { customerName } from '../shared/names';
import { type Choice, PickList } from '../shared/pick-list';
import { Load, PresenceWords } from '../shared/presence-words';
import { useAgents } from '../shared/session';
import { useCommands } from './commands';

const rank = { AVAILABLE: 0, AWAY: 1, OFFLINE: 2 } as const;
const hasRoom = ({ presence }: Agent) => presence.status === 'AVAILABLE' && presence.load < presence.capacity;

/** To a colleague who serves this client, or back to the queue at its original age. */
export default function TransferDialog({ conversation, onDone }: { conversation: Conversation; onDone: () => void }) {
  const { t } = useTranslation();
  const commands = useCommands();
  const agents = useAgents()
    .filter((agent) => agent.tenantIds.includes(conversation.tenantId) && agent.id !== conversation.assigneeId)
    .filter((agent) => agent.presence.capacity > 0)
    .sort(
      (a, b) =>
        Number(hasRoom(b)) - Number(hasRoom(a)) || rank[a.presence.status] - rank[b.presence.status] || a.name.localeCompare(b.name),
    );
  const choices: Choice[] = [
    {
      id: 'queue',
      words: t('transfer.queue'),
      view: (
        <span className="person">
          <span>
            <b>{t('transfer.queue')}</b>
            <span className="small quiet">{t('transfer.queueText')}</span>
          </span>
        </span>
      ),
    },
    ...agents.map((agent) => ({
      id: agent.id,
      words: agent.name,
      disabled: !hasRoom(agent),
      view: (
        <span className="person">
          <Avatar name={agent.name} />
          <span>
            <b>{agent.name}</b>
            <span className="small quiet">
              <PresenceWords presence={agent.presence} />
            </span>
          </span>
          <Load presence={agent.presence} />
        </span>
      ),
    })),
  ];
  const pick = (id: string) => {
    void commands.transfer(conversation, agents.find((agent) => agent.id === id) ?? null);
    onDone();
  };
  return (
    <Dialog onDone={onDone} title={t('transfer.title', { name: customerName(conversation, t) })} size={440}>
      <PickList label={t('transfer.label')} placeholder={t('transfer.placeholder')} choices={choices} onPick={pick} />
    </Dialog>
  );
}
