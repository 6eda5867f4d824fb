import { theme } from '@cordboard/ui';
import { MantineProvider } from '@mantine/core';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { anOffer, aTenant } from '../../testing/builders';
import { startTestLanguage } from '../../testing/language';
import { OfferCard } from './offer-card';

const show = () => {
  const onAccept = jest.fn();
  const onDecline = jest.fn();
  render(
    <MantineProvider theme={theme} env="test">
      <textarea aria-label="Reply" defaultValue="half a sent" />
      <OfferCard offer={anOffer()} more={2} busy={false} tenant={aTenant()} queue={undefined} onAccept={onAccept} onDecline={onDecline} />
    </MantineProvider>,
  );
  return { onAccept, onDecline, field: screen.getByLabelText('Reply') };
};

describe('the offer card', () => {
  beforeAll(startTestLanguage);
  afterEach(cleanup);

  it('tells for whom, what and how long, and how many more wait', () => {
    show();
    const card = screen.getByTestId('offer-card');
    expect(card.textContent).toContain('Footpath');
    expect(card.textContent).toContain('The left shoe is a different size');
    expect(card.textContent).toContain('waited 0:4');
    expect(card.textContent).toContain('+2 more');
  });

  it('does not take the caret from a text being typed, nor its Enter', async () => {
    const { onAccept, field } = show();
    await act(async () => field.focus());
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(onAccept).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(field);
    expect(screen.getByRole('button', { name: /Accept/ }).textContent).toContain('Ctrl ↵');
    fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true });
    expect(onAccept).toHaveBeenCalledTimes(1);
  });

  it('is accepted by Enter when nobody types', () => {
    const { onAccept } = show();
    fireEvent.keyDown(document.body, { key: 'Enter' });
    expect(onAccept).toHaveBeenCalledTimes(1);
  });

  it('asks why before it declines', () => {
    const { onDecline } = show();
    fireEvent.keyDown(document.body, { key: 'Escape' });
    expect(onDecline).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('button', { name: 'Busy' }));
    expect(onDecline).toHaveBeenCalledWith('BUSY');
  });
});
