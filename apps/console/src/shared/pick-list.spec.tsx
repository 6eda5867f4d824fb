import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { startTestLanguage } from '../../testing/language';
import { PickList } from './pick-list';

const choices = (...ids: string[]) => ids.map((id) => ({ id, words: id, view: id }));

const show = (...ids: string[]) => {
  const onPick = jest.fn();
  const list = (shown: string[]) => <PickList label="To whom" placeholder="" choices={choices(...shown)} onPick={onPick} />;
  const { rerender } = render(list(ids));
  const field = screen.getByRole('combobox');
  return {
    onPick,
    press: (key: string) => fireEvent.keyDown(field, { key }),
    type: (value: string) => fireEvent.change(field, { target: { value } }),
    becomes: (...next: string[]) => rerender(list(next)),
    marked: () => screen.queryByRole('option', { selected: true })?.textContent,
  };
};

describe('a list to pick from', () => {
  beforeAll(startTestLanguage);
  afterEach(cleanup);

  it('picks who was marked, however the others change places', () => {
    const { onPick, press, becomes, marked } = show('queue', 'Maria', 'Omar');
    press('ArrowDown');
    becomes('Omar', 'queue', 'Kate', 'Maria');
    expect(marked()).toBe('Maria');
    press('Enter');
    expect(onPick).toHaveBeenCalledWith('Maria');
  });

  it('keeps the first where it was marked when another comes before it', () => {
    const { onPick, press, becomes } = show('queue', 'Maria');
    becomes('Kate', 'queue', 'Maria');
    press('Enter');
    expect(onPick).toHaveBeenCalledWith('queue');
  });

  it('picks nobody when the marked one is gone, until one moves again', () => {
    const { onPick, press, becomes, marked } = show('queue', 'Maria', 'Omar');
    press('ArrowDown');
    becomes('queue', 'Omar');
    expect(marked()).toBeUndefined();
    press('Enter');
    expect(onPick).not.toHaveBeenCalled();
    press('ArrowDown');
    expect(marked()).toBe('queue');
  });

  it('marks the first of what typing leaves', () => {
    const { onPick, press, type } = show('queue', 'Maria', 'Omar');
    type('om');
    press('Enter');
    expect(onPick).toHaveBeenCalledWith('Omar');
  });
});
