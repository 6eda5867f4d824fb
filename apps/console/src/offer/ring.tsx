import type { Offer } from '../api/types';
import { useNow } from '../shared/use-now';

const around = 2 * Math.PI * 15.5;

/** How long the offer still rings. */
export function Ring({ offer }: { offer: Offer }) {
  const left = Math.max(0, Date.parse(offer.deadline) - useNow());
  const whole = Math.max(1, Date.parse(offer.deadline) - Date.parse(offer.madeAt));
  return (
    <svg className="ring" viewBox="0 0 36 36" role="timer" aria-label={String(Math.ceil(left / 1000))}>
      <circle cx="18" cy="18" r="15.5" fill="none" stroke="var(--line)" strokeWidth="3" />
      <circle
        cx="18"
        cy="18"
        r="15.5"
        fill="none"
        stroke="var(--accent)"
        strokeWidth="3"
        strokeLinecap="round"
        strokeDasharray={around}
        strokeDashoffset={around * (1 - Math.min(1, left / whole))}
        transform="rotate(-90 18 18)"
      />
      <text x="18" y="22" textAnchor="middle" fontSize="12" fontWeight="600" fill="var(--text)">
        {Math.ceil(left / 1000)}
      </text>
    </svg>
  );
}
