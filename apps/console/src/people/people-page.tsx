import { useQuery } from '@apollo/client/react';
import { Avatar, Late, Place, tenantColour } from '@cordboard/ui';
import { useTranslation } from 'react-i18next';
import type { Agent } from '../api/types';
import { agentsQuery } from '../api/viewer.graphql';
import { Load, PresenceWords } from '../shared/presence-words';
import { useSession, useTenants } from '../shared/session';

const rank = { AVAILABLE: 0, AWAY: 1, OFFLINE: 2 } as const;

/** Colleagues: here or not and since when, how many conversations they have, whom they serve. */
export default function PeoplePage() {
  const { t } = useTranslation();
  const { viewer } = useSession();
  const tenants = useTenants();
  const { data, error, refetch } = useQuery(agentsQuery);
  if (error && !data) {
    const action = { label: t('common.retry'), run: () => void refetch().catch(() => undefined) };
    return (
      <div className="page">
        <h1>{t('people.title')}</h1>
        <Place alert title={t('people.failed.title')} text={t('people.failed.text')} action={action} />
      </div>
    );
  }
  const agents = (data?.agents as Agent[] | undefined)?.toSorted(
    (a, b) => rank[a.presence.status] - rank[b.presence.status] || a.name.localeCompare(b.name),
  );
  if (!agents) {
    return (
      <div className="page">
        <h1>{t('people.title')}</h1>
        <Late>
          <div className="page-bones" aria-hidden="true">
            {[44, 58, 36, 50].map((width) => (
              <span key={width} className="bone" style={{ width: `${width}%` }} />
            ))}
          </div>
        </Late>
      </div>
    );
  }
  const here = agents.filter((agent) => agent.presence.status !== 'OFFLINE').length;
  return (
    <div className="page">
      <div className="page-top">
        <h1>{t('people.title')}</h1>
        <span className="quiet">{t('people.here', { here, all: agents.length })}</span>
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('people.name')}</th>
            <th scope="col">{t('people.state')}</th>
            <th scope="col" className="wide-only">
              {t('people.serves')}
            </th>
            <th scope="col" className="right">
              {t('people.load')}
            </th>
          </tr>
        </thead>
        <tbody>
          {agents.map((agent) => (
            <tr key={agent.id}>
              <td>
                <span className="person">
                  <Avatar name={agent.name} />
                  <b>
                    {agent.name}
                    {agent.id === viewer.id ? <span className="quiet"> ({t('people.me')})</span> : null}
                  </b>
                </span>
              </td>
              <td>
                <span className="presence-dot" data-status={agent.presence.status} aria-hidden="true" />
                <PresenceWords presence={agent.presence} since />
              </td>
              <td className="wide-only">
                {agent.tenantIds.map((id) => {
                  const tenant = tenants.get(id);
                  return tenant ? (
                    <span key={id} className="serves">
                      <i className="swatch" style={{ background: tenantColour(tenant.colour) }} />
                      {tenant.shortName}
                    </span>
                  ) : null;
                })}
              </td>
              <td className="right">
                <Load presence={agent.presence} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
