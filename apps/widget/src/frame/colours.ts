/** A tenant's colour: `deep` carries white text (≥ 4.5:1), `bright` is text and lines on the dark ground. */
export interface TenantPaint {
  deep: string;
  bright: string;
}

const paints: Record<string, TenantPaint> = {
  teal: { deep: '#08747a', bright: '#4fc4c6' },
  rust: { deep: '#b3481a', bright: '#f08b5c' },
  violet: { deep: '#5a4fcf', bright: '#a59cff' },
  blue: { deep: '#1d63b8', bright: '#7db4f5' },
  green: { deep: '#2b7a3d', bright: '#7acb8a' },
  plum: { deep: '#8e3a8f', bright: '#d993da' },
  ochre: { deep: '#8a6200', bright: '#e0b04f' },
  rose: { deep: '#b8305f', bright: '#f48fb1' },
  slate: { deep: '#55647a', bright: '#a9b6c8' },
  olive: { deep: '#637016', bright: '#bcc95a' },
};
const neutral: TenantPaint = { deep: '#55647a', bright: '#a9b6c8' };

export const paintNames = Object.keys(paints);
export const paintOf = (colour: string): TenantPaint => paints[colour] ?? neutral;
