import { useTranslation } from 'react-i18next';
import type { Conversation } from '../api/types';
import { typists } from '../live/typing';
import { customerName, firstName } from '../shared/names';
import { useStore } from '../shared/store';

/** “Anna is typing…”, for the customer and for colleagues in the same conversation. */
export function TypingLine({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const here = useStore(typists).filter((typist) => typist.conversationId === conversation.id);
  const customer = here.some((typist) => typist.customer);
  const colleague = here.find((typist) => !typist.customer);
  const who = customer ? firstName(customerName(conversation, t)) : colleague ? firstName(colleague.name ?? t('list.colleague')) : null;
  return <span className="typing one-line">{who ? t('composer.typing', { name: who }) : ''}</span>;
}
