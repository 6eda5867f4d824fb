import { Fragment, type KeyboardEvent, type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface Choice {
  id: string;
  /** What typing is matched against. */
  words: string;
  group?: string;
  disabled?: boolean;
  view: ReactNode;
}

/**
 * A field that filters and a list to choose from with arrows and Enter; the palette and the transfer dialog are made of
 * it. The mark stays with its choice while others come, go and change places, and goes with it: Enter picks what one was
 * looking at, or nothing.
 */
export function PickList(props: { label: string; placeholder: string; choices: readonly Choice[]; onPick: (id: string) => void }) {
  const { t } = useTranslation();
  const base = useId();
  const [typed, setTyped] = useState('');
  const [marked, setMarked] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const wanted = typed.trim().toLocaleLowerCase().split(/\s+/);
  const shown = props.choices.filter((choice) => wanted.every((word) => choice.words.toLocaleLowerCase().includes(word)));
  const first = shown[0]?.id ?? null;
  if (marked === null && first !== null) setMarked(first);
  const at = shown.findIndex((choice) => choice.id === marked);
  const idOf = (index: number) => `${base}-${index}`;

  // At once: the next key may come before a timer.
  useLayoutEffect(() => field.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: 'nearest' });
  });
  const step = (by: number) => {
    for (let next = at + by; next >= 0 && next < shown.length; next += by) {
      const choice = shown[next];
      if (choice && !choice.disabled) return setMarked(choice.id);
    }
  };
  const pick = (choice: Choice | undefined) => {
    if (choice && !choice.disabled) props.onPick(choice.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') step(1);
    else if (event.key === 'ArrowUp') step(-1);
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) pick(shown[at]);
    else return;
    event.preventDefault();
  };
  return (
    <div className="pick">
      <input
        ref={field}
        data-autofocus
        role="combobox"
        aria-expanded="true"
        aria-controls={`${base}-list`}
        aria-activedescendant={at >= 0 ? idOf(at) : undefined}
        aria-autocomplete="list"
        aria-label={props.label}
        placeholder={props.placeholder}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setMarked(null);
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={box} id={`${base}-list`} role="listbox" aria-label={props.label}>
        {shown.map((choice, index) => (
          <Fragment key={choice.id}>
            {choice.group && choice.group !== shown[index - 1]?.group ? (
              <div className="pick-group" role="presentation">
                {choice.group}
              </div>
            ) : null}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keyboard, by aria-activedescendant */}
            {/* biome-ignore lint/a11y/useFocusableInteractive: options of a combobox are not focused themselves */}
            <div
              className="pick-option"
              id={idOf(index)}
              role="option"
              aria-selected={index === at}
              aria-disabled={choice.disabled || undefined}
              onPointerMove={() => !choice.disabled && setMarked(choice.id)}
              onClick={() => pick(choice)}
            >
              {choice.view}
            </div>
          </Fragment>
        ))}
      </div>
      {shown.length === 0 ? <p className="quiet pick-none">{t('common.nothingFound')}</p> : null}
    </div>
  );
}
