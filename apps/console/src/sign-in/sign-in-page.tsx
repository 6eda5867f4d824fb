import type { ApolloClient } from '@apollo/client';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { perform } from '../api/perform';
import { refusalWords } from '../shared/refusal-words';
import { signIn } from './sign-in.graphql';

/** The door: e-mail and password, and plain words when it stays shut. */
export function SignInPage({ client, ended, onSignedIn }: { client: ApolloClient; ended: boolean; onSignedIn: () => Promise<void> }) {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    document.title = `${t('signIn.title')} · Cordboard`;
  }, [t]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!email.trim() || !password) return setProblem(t('signIn.both'));
    setBusy(true);
    setProblem(null);
    const outcome = await perform(client, signIn, { email: email.trim(), password }, { attempts: 1 });
    if (outcome.kind === 'done') await onSignedIn();
    else setProblem(outcome.kind === 'refused' ? refusalWords(outcome.refusal, t) : t('signIn.unreachable'));
    setBusy(false);
  };
  return (
    <main className="sign-in">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <img src="/cordboard.svg" alt="" width={40} height={40} />
        <h1>{t('signIn.title')}</h1>
        <p className="quiet">{ended ? t('signIn.ended') : t('signIn.text')}</p>
        <TextInput
          label={t('signIn.email')}
          type="email"
          name="email"
          autoComplete="username"
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('signIn.password')}
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
        />
        {problem ? (
          <p className="problem" role="alert">
            {problem}
          </p>
        ) : null}
        <Button type="submit" className="btn-primary" fullWidth disabled={busy}>
          {t('signIn.submit')}
        </Button>
      </form>
    </main>
  );
}
