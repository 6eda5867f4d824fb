import { paintNames, paintOf } from './colours';

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

describe('tenant colours', () => {
  it.each(paintNames)('%s carries white text, and is legible on both grounds', (name) => {
    const { deep, bright } = paintOf(name);
    expect(contrast(deep, '#ffffff')).toBeGreaterThanOrEqual(4.5);
    expect(contrast(deep, '#f3f3ef')).toBeGreaterThanOrEqual(4.5);
    expect(contrast(bright, '#17181a')).toBeGreaterThanOrEqual(4.5);
    expect(contrast(bright, '#26282c')).toBeGreaterThanOrEqual(4.5);
  });
});
