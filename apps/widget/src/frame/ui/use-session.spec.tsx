import { render } from 'preact';
import { act } from 'preact/test-utils';
import { initialState, type SessionState } from '../store/session-state';
import { useSession } from './use-session';

describe('the drawn session', () => {
  it('shows what came between the first drawing and the subscription', async () => {
    const session = { state: { ...initialState, agentName: null } as SessionState, subscribe: () => () => undefined };
    const Name = () => <b>{useSession(session).agentName ?? 'nobody'}</b>;
    const root = document.createElement('div');
    await act(() => {
      render(<Name />, root);
      session.state = { ...session.state, agentName: 'Maria' };
    });
    expect(root.textContent).toBe('Maria');
  });
});
