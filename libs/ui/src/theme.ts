import { createTheme, defaultVariantColorsResolver, type VariantColorsResolver } from '@mantine/core';

/** Filled and default buttons take their colours from the tokens, so that one attribute on the page turns light into dark. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const own = {
    filled: { background: 'var(--accent)', hover: 'var(--accent-strong)', color: 'var(--on-accent)', border: '1px solid transparent' },
    default: { background: 'var(--surface)', hover: 'var(--hover)', color: 'var(--text)', border: '1px solid var(--line)' },
    subtle: { background: 'transparent', hover: 'var(--hover)', color: 'var(--quiet)', border: '1px solid transparent' },
  };
  return input.variant in own ? own[input.variant as keyof typeof own] : defaultVariantColorsResolver(input);
};

/** Mantine's theme of Cordboard: system fonts, 6 px corners, 14 px text; colours come from tokens.css. */
export const theme = createTheme({
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  variantColorResolver,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    Menu: { defaultProps: { transitionProps: { duration: 0 }, shadow: 'none', loop: true } },
    Modal: { defaultProps: { transitionProps: { duration: 0 }, lockScroll: false, centered: false } },
    Tooltip: { defaultProps: { transitionProps: { duration: 0 }, openDelay: 400 } },
  },
});
