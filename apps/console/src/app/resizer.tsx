import type { KeyboardEvent, PointerEvent } from 'react';
import type { Store } from '../shared/store';
import { useStore } from '../shared/store';

interface ResizerProps {
  label: string;
  width: Store<number>;
  min: number;
  max: number;
  /** 1 when dragging right makes the pane wider, −1 when it makes it narrower. */
  direction: 1 | -1;
}

const stepPx = 16;

/** The line between two panes: dragged, or moved with the arrow keys; the width is remembered. */
export function Resizer({ label, width, min, max, direction }: ResizerProps) {
  const now = useStore(width);
  const set = (wanted: number) => width.set(Math.round(Math.min(max, Math.max(min, wanted))));
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.preventDefault();
    const handle = event.currentTarget;
    const from = event.clientX;
    const before = width.get();
    handle.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent) => set(before + (moved.clientX - from) * direction);
    const up = () => {
      handle.removeEventListener('pointermove', move);
      handle.removeEventListener('pointerup', up);
      handle.removeEventListener('pointercancel', up);
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', up);
    handle.addEventListener('pointercancel', up);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    set(width.get() + (event.key === 'ArrowRight' ? stepPx : -stepPx) * direction);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a movable separator has no element of its own
    <div
      className="resizer"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={now}
      aria-valuemin={min}
      aria-valuemax={max}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    />
  );
}
