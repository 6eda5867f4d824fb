import { limits } from '@cordboard/webchat-protocol';
import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { fill, type Texts } from '../i18n/texts';
import { Draft } from '../store/draft';
import type { Session } from '../store/session';

interface ComposerProps {
  session: Session;
  texts: Texts;
  inputRef: RefObject<HTMLTextAreaElement>;
  disabled: boolean;
  tenant: string;
}

const tallest = 132;

/** Enter sends, Shift+Enter breaks the line, and an Enter that ends a word of an input method does neither. */
export function Composer({ session, texts, inputRef, disabled, tenant }: ComposerProps) {
  const [text, setText] = useState(() => Draft.read(tenant));
  const excess = text.trim().length - limits.textMax;

  useLayoutEffect(() => {
    const area = inputRef.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight, tallest)}px`;
  });

  const write = (value: string) => {
    setText(value);
    Draft.write(tenant, value);
    session.typed(value);
  };
  const send = () => {
    if (disabled || excess > 0 || text.trim() === '') return;
    session.send(text.trim());
    setText('');
    Draft.write(tenant, '');
    inputRef.current?.focus();
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={inputRef}
        rows={1}
        dir="auto"
        value={text}
        disabled={disabled}
        placeholder={texts.placeholder}
        aria-label={texts.placeholder}
        aria-invalid={excess > 0}
        aria-describedby={excess > 0 ? 'excess' : undefined}
        onInput={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
          event.preventDefault();
          send();
        }}
      />
      {excess > 0 && (
        <span id="excess" class="excess" role="status">
          {fill(texts.tooLong, { n: excess })}
        </span>
      )}
      <button type="submit" class="send" aria-label={texts.send} disabled={disabled || excess > 0 || text.trim() === ''}>
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M3.5 10h12M10.5 5l5 5-5 5" />
        </svg>
      </button>
    </form>
  );
}
