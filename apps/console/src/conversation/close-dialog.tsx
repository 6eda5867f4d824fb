import { Button, Radio } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation, NamedOption, Tenant } from '../api/types';
import { newClientId } from '../shared/client-id';
import { Dialog } from '../shared/dialog';
import { customerName, localized } from '../shared/names';
import { refusalWords } from '../shared/refusal-words';
import { useCommands } from './commands';

function Options(props: {
  label: string;
  options: readonly NamedOption[];
  value: string;
  onChange: (id: string) => void;
  first?: boolean;
}) {
  const { i18n } = useTranslation();
  return (
    <Radio.Group label={props.label} value={props.value} onChange={props.onChange} className="options">
      {props.options.map((option, index) => (
        <Radio
          key={option.id}
          value={option.id}
          label={localized(option.name, i18n.language)}
          data-autofocus={(props.first && index === 0) || undefined}
          autoFocus={props.first && index === 0}
        />
      ))}
    </Radio.Group>
  );
}

/** Every contact ends with a reason and an outcome, from the tenant's own lists. */
export default function CloseDialog({ conversation, tenant, onDone }: { conversation: Conversation; tenant: Tenant; onDone: () => void }) {
  const { t } = useTranslation();
  const commands = useCommands();
  const [reasonId, setReason] = useState('');
  const [outcomeId, setOutcome] = useState('');
  const [expectedRev, setExpectedRev] = useState(conversation.rev);
  const [clientId, setClientId] = useState(newClientId);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [movedOn, setMovedOn] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!reasonId || !outcomeId) return setProblem(t('close.choose'));
    setBusy(true);
    setProblem(null);
    const refused = await commands.close(conversation, { clientId, expectedRev, reasonId, outcomeId });
    setBusy(false);
    if (refused === null) return onDone();
    if (refused === 'failed') return setProblem(t('common.unreachable'));
    setClientId(newClientId());
    const now = refused.conversation;
    if (now?.state === 'CLOSED') return setProblem(t('close.already'));
    setMovedOn(now !== undefined);
    if (now) setExpectedRev(now.rev);
    setProblem(now ? t('close.movedOn', { line: now.lastLine }) : refusalWords(refused, t));
  };
  return (
    <Dialog onDone={onDone} title={t('close.title', { name: customerName(conversation, t) })} size={520}>
      <form onSubmit={(event) => void submit(event)}>
        <div className="two-columns">
          <Options first label={t('close.reason')} options={tenant.reasons} value={reasonId} onChange={setReason} />
          <Options label={t('close.outcome')} options={tenant.outcomes} value={outcomeId} onChange={setOutcome} />
        </div>
        {problem ? (
          <p className="problem" role="alert">
            {problem}
          </p>
        ) : null}
        <div className="dialog-acts">
          <Button variant="default" onClick={onDone}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" className="btn-primary" disabled={busy}>
            {movedOn ? t('close.anyway') : t('close.submit')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
