import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { later } from '../shared/later';
import { useKeyboard } from './use-keyboard';

const dialogFile = () => {
  let arrive: () => void = () => undefined;
  const file = new Promise<{ default: () => React.ReactNode }>((resolve) => {
    arrive = () => resolve({ default: () => <div role="dialog" aria-modal="true" tabIndex={-1} /> });
  });
  return { Dialog: later(() => file), arrive };
};

function Window({ Dialog, handle }: { Dialog: React.ComponentType | null; handle: (act: string) => boolean }) {
  useKeyboard(handle);
  return (
    <>
      <textarea aria-label="Reply" onKeyDown={() => handle('written')} />
      {Dialog ? <Dialog /> : null}
    </>
  );
}

const show = () => {
  const handle = jest.fn(() => true);
  const { Dialog, arrive } = dialogFile();
  const { rerender } = render(<Window Dialog={null} handle={handle} />);
  return { handle, arrive, open: () => rerender(<Window Dialog={Dialog} handle={handle} />) };
};

describe('keys that come before the dialog they are meant for', () => {
  afterEach(cleanup);

  it('do nothing while its file is on the way', async () => {
    const { handle, open, arrive } = show();
    fireEvent.keyDown(document.body, { key: 'e' });
    expect(handle).toHaveBeenCalledWith('close');
    open();
    handle.mockClear();
    fireEvent.keyDown(document.body, { key: 'e' });
    await act(async () => arrive());
    screen.getByRole('dialog').focus();
    fireEvent.keyDown(screen.getByRole('dialog'), { key: 'e' });
    expect(handle).not.toHaveBeenCalled();
  });

  it('are not written into the text that still has the focus, nor sent from it', async () => {
    const { handle, open, arrive } = show();
    open();
    await act(async () => arrive());
    const field = screen.getByLabelText('Reply');
    field.focus();
    for (const key of ['m', 'Enter', 'Backspace']) expect(fireEvent.keyDown(field, { key })).toBe(false);
    expect(handle).not.toHaveBeenCalled();
  });

  it('leave Tab and Esc to whoever wants them', async () => {
    const { open, arrive } = show();
    open();
    await act(async () => arrive());
    for (const key of ['Tab', 'Escape']) expect(fireEvent.keyDown(screen.getByLabelText('Reply'), { key })).toBe(true);
  });
});

describe('a part fetched before it is needed', () => {
  afterEach(cleanup);

  it('is drawn at once', async () => {
    const { Dialog, arrive } = dialogFile();
    const { fetchParts } = await import('../shared/later');
    fetchParts();
    await act(async () => arrive());
    render(<Dialog />);
    expect(screen.getByRole('dialog')).toBeTruthy();
  });
});
