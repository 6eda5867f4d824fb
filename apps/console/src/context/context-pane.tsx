import { useQuery } from '@apollo/client/react';
import { Avatar, IconX, Late, Place } from '@cordboard/ui';
import { UnstyledButton } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { conversationQuery } from '../api/conversations.graphql';
import type { Contact, Conversation, Tenant } from '../api/types';
import { localeOf } from '../shared/locale';
import { customerName, localized } from '../shared/names';
import { openConversation } from '../shared/route';
import { useTenants } from '../shared/session';
import { clockOf, dateOf, exactTime } from '../shared/time-words';
import { showToast } from '../shared/toasts';
import { useNow } from '../shared/use-now';
import { contactQuery } from './context.graphql';

function Copyable({ value, shown = value }: { value: string; shown?: string }) {
  const { t } = useTranslation();
  const copy = () =>
    navigator.clipboard?.writeText(value).then(
      () => showToast(t('context.copied'), { forMs: 2000 }),
      () => undefined,
    );
  return (
    <button type="button" className="copyable one-line" title={t('context.copy', { value })} onClick={() => void copy()}>
      <bdi>{shown}</bdi>
    </button>
  );
}

const languageName = (tag: string, locale: string) => {
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
};

function Customer({ conversation, contact }: { conversation: Conversation; contact: Contact }) {
  const { t, i18n } = useTranslation();
  const name = contact.name ?? customerName({ contactName: null, page: null }, t);
  const returning = contact.conversations.length > 1;
  const since = new Intl.DateTimeFormat(localeOf(i18n.language), { dateStyle: 'medium' }).format(new Date(contact.createdAt));
  return (
    <section>
      <h2>{t('context.customer')}</h2>
      <div className="context-who">
        <Avatar name={name} large />
        <div className="one-line">
          <b>
            <bdi>{name}</bdi>
          </b>
          <div className="small quiet">
            {returning ? t('context.returning') : t('context.firstVisit')} · {t('context.since', { when: since })}
          </div>
        </div>
      </div>
      <dl className="facts">
        {contact.identities.map((identity) => (
          <div key={identity.channel + identity.value}>
            <dt>{t(`channel.${identity.channel}`)}</dt>
            <dd>
              <Copyable
                value={identity.value}
                shown={identity.value.length > 20 ? `${identity.value.slice(0, 8)}…${identity.value.slice(-4)}` : identity.value}
              />
            </dd>
          </div>
        ))}
        {contact.language ? (
          <div>
            <dt>{t('context.language')}</dt>
            <dd>{languageName(contact.language, i18n.language)}</dd>
          </div>
        ) : null}
        <div>
          <dt>{t('context.opened')}</dt>
          <dd title={exactTime(conversation.openedAt, i18n.language)}>{clockOf(conversation.openedAt, i18n.language)}</dd>
        </div>
      </dl>
    </section>
  );
}

function Visit({ conversation, tenant }: { conversation: Conversation; tenant: Tenant | undefined }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const { page } = conversation;
  const path = page ? page.url.replace(/^https?:\/\/[^/]+/, '') || '/' : null;
  return (
    <section>
      <h2>{t('context.visit')}</h2>
      <dl className="facts">
        {page && path ? (
          <>
            <div>
              <dt>{t('context.page')}</dt>
              <dd>
                <Copyable value={page.url} shown={path} />
              </dd>
            </div>
            {page.title ? (
              <div>
                <dt>{t('context.title')}</dt>
                <dd>
                  <bdi>{page.title}</bdi>
                </dd>
              </div>
            ) : null}
          </>
        ) : null}
        {tenant ? (
          <div>
            <dt>{t('context.clientTime', { tenant: tenant.shortName })}</dt>
            <dd>
              {new Intl.DateTimeFormat(localeOf(i18n.language), {
                hour: '2-digit',
                minute: '2-digit',
                hour12: false,
                timeZone: tenant.timeZone,
              }).format(now)}
              {`, ${tenant.timeZone.split('/').at(-1)?.replaceAll('_', ' ')}`}
            </dd>
          </div>
        ) : null}
      </dl>
    </section>
  );
}

function Earlier({ conversation, contact, tenant }: { conversation: Conversation; contact: Contact; tenant: Tenant | undefined }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const others = contact.conversations.filter((each) => each.id !== conversation.id);
  const nameOf = (options: Tenant['reasons'] | undefined, id: string | null) => {
    const option = options?.find((each) => each.id === id);
    return option ? localized(option.name, i18n.language) : null;
  };
  return (
    <section>
      <h2>{t('context.earlier')}</h2>
      {others.length === 0 ? <p className="quiet">{t('context.noEarlier')}</p> : null}
      <ul>
        {others.map((each) => (
          <li key={each.id}>
            <button type="button" className="episode" onClick={() => openConversation(each.tenantId, each.id)}>
              <span className="one-line">
                {each.state === 'CLOSED' ? (nameOf(tenant?.outcomes, each.outcomeId) ?? t('state.closed')) : t('context.stillOpen')}
              </span>
              <span className="small faint">{dateOf(each.closedAt ?? each.openedAt, now, i18n.language)}</span>
              <span className="small quiet one-line">
                {[t(`channel.${each.channel}`), nameOf(tenant?.reasons, each.reasonId)].filter(Boolean).join(' · ')}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Who the customer is, where they are now, and what came before. */
export function ContextPane({ tenantId, conversationId, onFold }: { tenantId: string; conversationId: string; onFold: () => void }) {
  const { t } = useTranslation();
  const tenant = useTenants().get(tenantId);
  const asked = useQuery(conversationQuery, { variables: { tenantId, id: conversationId } });
  const conversation = asked.data?.conversation as Conversation | null | undefined;
  const nobody = conversation === null || (!conversation && asked.error !== undefined);
  const contactId = conversation?.contactId ?? '';
  const found = useQuery(contactQuery, {
    variables: { tenantId, id: contactId },
    skip: !contactId,
    fetchPolicy: 'cache-and-network',
  });
  const contact = found.data?.contact as Contact | null | undefined;
  const name = conversation?.contactName ?? null;
  const { refetch } = found;
  useEffect(() => {
    if (contact && contact.name !== name) void refetch().catch(() => undefined);
  }, [contact, name, refetch]);
  return (
    <section className="context" aria-label={t('context.label')}>
      <UnstyledButton className="icon-button context-fold" aria-label={t('context.fold')} onClick={onFold}>
        <IconX size={16} />
      </UnstyledButton>
      {conversation && contact ? (
        <>
          <Customer conversation={conversation} contact={contact} />
          <Visit conversation={conversation} tenant={tenant} />
          <Earlier conversation={conversation} contact={contact} tenant={tenant} />
        </>
      ) : found.error ? (
        <Place
          alert
          title={t('context.failed.title')}
          text={t('context.failed.text')}
          action={{ label: t('common.retry'), run: () => void refetch().catch(() => undefined) }}
        />
      ) : nobody ? null : (
        <Late>
          <div className="thread-bones" aria-hidden="true">
            {[60, 80, 70, 50].map((width) => (
              <span key={width} className="bone" style={{ width: `${width}%`, height: 14 }} />
            ))}
          </div>
        </Late>
      )}
    </section>
  );
}
