import { theme } from '@cordboard/ui';
import { MantineProvider } from '@mantine/core';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { aConversation, aTenant } from '../../testing/builders';
import { startTestLanguage } from '../../testing/language';
import type { Conversation } from '../api/types';
import { type Session, SessionProvider } from '../shared/session';
import { Composer, composerCommands } from './composer';

const show = (over: Partial<Conversation> = {}) => {
  const add = jest.fn();
  const client = { mutate: async () => ({}) };
  const session = { viewer: { id: 'me' }, outbox: { add }, client } as unknown as Session;
  const composer = (conversation: Conversation) => (
    <MantineProvider theme={theme} env="test">
      <SessionProvider session={session}>
        <Composer conversation={conversation} tenant={aTenant()} />
      </SessionProvider>
    </MantineProvider>
  );
  const { rerender } = render(composer(aConversation(over)));
  return {
    add,
    field: () => screen.getByTestId<HTMLTextAreaElement>('composer-input'),
    becomes: (next: Partial<Conversation>) => rerender(composer(aConversation(next))),
  };
};
const type = (field: HTMLElement, value: string) => fireEvent.change(field, { target: { value } });
const enter = (field: HTMLElement) => fireEvent.keyDown(field, { key: 'Enter' });

describe('the composer', () => {
  beforeAll(startTestLanguage);
  beforeEach(() => localStorage.clear());
  afterEach(cleanup);

  it('keeps what is typed right after n for colleagues, however late the screen is drawn', () => {
    const { add, field } = show();
    act(() => {
      composerCommands.dispatchEvent(new Event('note'));
      type(field(), 'Prefers the brown ones');
      enter(field());
    });
    expect(add).toHaveBeenCalledWith(expect.objectContaining({ kind: 'NOTE', text: 'Prefers the brown ones' }));
  });

  it('answers the customer again after the note is saved', () => {
    const { add, field } = show();
    act(() => void composerCommands.dispatchEvent(new Event('note')));
    type(field(), 'Prefers the brown ones');
    enter(field());
    type(field(), 'Yes, two pairs.');
    enter(field());
    expect(add).toHaveBeenLastCalledWith(expect.objectContaining({ kind: 'MESSAGE', text: 'Yes, two pairs.' }));
  });

  it('finds a note again after a reload, even an empty one', () => {
    show();
    act(() => void composerCommands.dispatchEvent(new Event('note')));
    cleanup();
    const { add, field } = show();
    type(field(), 'Prefers the brown ones');
    enter(field());
    expect(add).toHaveBeenCalledWith(expect.objectContaining({ kind: 'NOTE' }));
  });

  it('keeps a note begun in a closed conversation a note when it is taken back', () => {
    const { add, field, becomes } = show({ state: 'CLOSED' });
    type(field(), 'Refunded by hand');
    becomes({ state: 'OPEN' });
    enter(field());
    expect(add).toHaveBeenCalledWith(expect.objectContaining({ kind: 'NOTE', text: 'Refunded by hand' }));
  });
});
