import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { perform } from '../api/perform';
import type { AwayReason, PresenceStatus } from '../api/types';
import { newClientId } from '../shared/client-id';
import { refusalWords } from '../shared/refusal-words';
import { useSession, useViewer } from '../shared/session';
import { showToast } from '../shared/toasts';
import { setPresence } from './presence.graphql';

/** Changes my presence: shown at once, put right with a word if it is refused. */
export const usePresence = () => {
  const { client } = useSession();
  const { presence } = useViewer();
  const { t } = useTranslation();
  return useCallback(
    async (status: PresenceStatus, reason: AwayReason | null = null): Promise<void> => {
      const shown = { ...presence, status, reason, since: new Date().toISOString() };
      const input = { clientId: newClientId(), status, reason };
      const optimistic = { __typename: 'PresencePayload' as const, presence: shown };
      const outcome = await perform(client, setPresence, input, { optimistic });
      if (outcome.kind === 'refused') showToast(refusalWords(outcome.refusal, t), { tone: 'bad' });
      if (outcome.kind === 'failed') showToast(t('common.unreachable'), { tone: 'bad' });
    },
    [client, presence, t],
  );
};
