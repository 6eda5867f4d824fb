import { useQuery } from '@apollo/client/react';
import { Avatar, tenantColour } from '@cordboard/ui';
import { useTranslation } from 'react-i18next';
import { conversationsQuery } from '../api/conversations.graphql';
import type { Conversation } from '../api/types';
import type { Act } from '../keyboard/keymap';
import { useMine, useWaiting } from '../list/use-lists';
import { allOpenFilter } from '../live/lists';
import { usePresence } from '../rail/use-presence';
import { Dialog } from '../shared/dialog';
import { customerName } from '../shared/names';
import { type Choice, PickList } from '../shared/pick-list';
import { PresenceWords } from '../shared/presence-words';
import { go, openConversation } from '../shared/route';
import { useAgents, useSession, useTenants } from '../shared/session';
import { themeChoice } from '../shared/settings';

/** Jump anywhere: conversations, actions, people. */
export default function PaletteDialog({ acts, run, onDone }: { acts: readonly Act[]; run: (act: Act) => void; onDone: () => void }) {
  const { t } = useTranslation();
  const tenants = useTenants();
  const agents = useAgents();
  const { signOut } = useSession();
  const setPresence = usePresence();
  const mine = useMine().rows;
  const waiting = useWaiting().rows;
  const all = useQuery(conversationsQuery, { variables: { filter: allOpenFilter } });
  const others = ((all.data?.conversations.edges ?? []) as { node: Conversation }[]).map((edge) => edge.node);
  const rows = [...new Map([...mine, ...waiting, ...others.filter((row) => row.state === 'OPEN')].map((row) => [row.id, row])).values()];

  const conversations: Choice[] = rows.map((row) => {
    const tenant = tenants.get(row.tenantId);
    const name = customerName(row, t);
    return {
      id: `c ${row.id}`,
      words: `${name} ${tenant?.name ?? ''} ${row.lastLine}`,
      group: t('palette.conversations'),
      view: (
        <span className="person">
          <Avatar name={name} />
          <span className="one-line">
            <b>
              <bdi>{name}</bdi>
            </b>{' '}
            <span className="small pick-tenant" style={{ color: tenant ? tenantColour(tenant.colour) : undefined }}>
              {tenant?.shortName}
            </span>
            <span className="small quiet one-line pick-line">
              <bdi>{row.lastLine}</bdi>
            </span>
          </span>
        </span>
      ),
    };
  });
  const commands: Record<string, () => void> = {
    'presence.AVAILABLE': () => void setPresence('AVAILABLE'),
    'presence.afterThisOne': () => void setPresence('AWAY', 'AFTER_THIS_ONE'),
    'menu.theme_light': () => themeChoice.set('light'),
    'menu.theme_dark': () => themeChoice.set('dark'),
    'menu.signOut': () => signOut(false),
  };
  const actions: Choice[] = [
    ...acts.map((act) => ({ id: `a ${act}`, words: t(`palette.act.${act}`), group: t('palette.actions'), view: t(`palette.act.${act}`) })),
    ...Object.keys(commands).map((key) => ({ id: `x ${key}`, words: t(key), group: t('palette.actions'), view: t(key) })),
  ];
  const people: Choice[] = agents.map((agent) => ({
    id: `p ${agent.id}`,
    words: agent.name,
    group: t('palette.people'),
    view: (
      <span className="person">
        <Avatar name={agent.name} />
        <span>
          <b>{agent.name}</b>
          <span className="small quiet">
            <PresenceWords presence={agent.presence} />
          </span>
        </span>
      </span>
    ),
  }));
  const pick = (id: string) => {
    onDone();
    const [kind, rest = ''] = [id[0], id.slice(2)];
    const row = rows.find((each) => each.id === rest);
    if (kind === 'c' && row) openConversation(row.tenantId, row.id);
    if (kind === 'a') run(rest as Act);
    if (kind === 'x') commands[rest]?.();
    if (kind === 'p') go({ place: 'people' });
  };
  return (
    <Dialog onDone={onDone} size={560} title={t('palette.open')} yOffset="12vh" className="palette">
      <PickList
        label={t('palette.open')}
        placeholder={t('palette.placeholder')}
        choices={[...conversations, ...actions, ...people]}
        onPick={pick}
      />
    </Dialog>
  );
}
