import { ApolloProvider } from '@apollo/client/react';
import { Late, Place, theme } from '@cordboard/ui';
import { MantineProvider } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SessionProvider } from '../shared/session';
import { ToastsView } from '../shared/toasts-view';
import { SignInPage } from '../sign-in/sign-in-page';
import { type Door, openDoor } from './door';
import { useDoor } from './use-door';
import { useTheme } from './use-theme';
import { Window } from './window';

const mark = <img src="/cordboard.svg" alt="" width={40} height={40} />;

function Inside({ door }: { door: Door }) {
  const { t } = useTranslation();
  const { state, enter } = useDoor(door);
  if (state.kind === 'in') {
    return (
      <SessionProvider session={state.session}>
        <Window />
      </SessionProvider>
    );
  }
  if (state.kind === 'out') return <SignInPage client={door.client} ended={state.ended} onSignedIn={enter} />;
  if (state.kind === 'failed') {
    return (
      <main className="threshold">
        <Place
          alert
          alone
          icon={mark}
          title={t('start.failed.title')}
          text={t('start.failed.text')}
          action={{ label: t('common.retry'), run: () => void enter() }}
        />
      </main>
    );
  }
  return (
    <main className="threshold">
      <Late afterMs={600}>
        <Place alone icon={mark} title={t('start.opening')} />
      </Late>
    </main>
  );
}

/** The console: theme, GraphQL client, and either the door or the window. */
export function App() {
  const scheme = useTheme();
  const [door] = useState(openDoor);
  useEffect(() => () => void door.socket.dispose(), [door]);
  return (
    <MantineProvider theme={theme} forceColorScheme={scheme} withCssVariables={false} withGlobalClasses={false}>
      <ApolloProvider client={door.client}>
        <Inside door={door} />
        <ToastsView />
      </ApolloProvider>
    </MantineProvider>
  );
}
