/** Lives in a shadow root, where the page's rules do not reach; the host element itself is held by `!important` in `hostStyle`. */
export const sheet = `
*{box-sizing:border-box}
button{all:unset;box-sizing:border-box;position:absolute;inset:0;display:grid;place-items:center;border-radius:50%;background:var(--colour);color:#fff;cursor:pointer;box-shadow:0 8px 28px rgba(20,20,15,.2),0 1px 4px rgba(20,20,15,.18);transition:transform .15s}
button:hover{transform:scale(1.05)}
button:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px var(--colour)}
svg{width:26px;height:26px;display:block}
b{position:absolute;top:-3px;right:-3px;min-width:22px;height:22px;padding:0 6px;border-radius:11px;background:#b0271f;color:#fff;border:2px solid #fff;font:600 12px/18px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;text-align:center}
b:empty{display:none}
iframe{position:fixed;bottom:calc(24px + var(--lift,0px));width:380px;height:min(600px,calc(100vh - 48px - var(--lift,0px)));height:min(600px,calc(100dvh - 48px - var(--lift,0px)));border:0;border-radius:14px;background:Canvas;color-scheme:light dark;box-shadow:0 8px 28px rgba(20,20,15,.16),0 1px 3px rgba(20,20,15,.12);visibility:hidden;opacity:0;transform:translateY(8px);transition:opacity .15s,transform .15s,visibility 0s .15s}
:host([data-side=right]) iframe{right:24px}
:host([data-side=left]) iframe{left:24px}
:host([data-open]) iframe{visibility:visible;opacity:1;transform:none;transition:opacity .15s,transform .15s}
:host([data-open]) button{visibility:hidden}
@media (max-width:479px){iframe{inset:0!important;width:100%;height:100vh;height:100dvh;border-radius:0;box-shadow:none}}
@media (prefers-reduced-motion:reduce){button,iframe,:host([data-open]) iframe{transition:none}}
@media (forced-colors:active){button{border:1px solid ButtonText}}
@media print{:host{display:none!important}}
`;

/** Set with priority, so that no rule of the page can move or hide the widget by accident. */
export const hostStyle: Record<string, string> = {
  all: 'initial',
  position: 'fixed',
  width: '56px',
  height: '56px',
  'z-index': '2147483000',
  display: 'block',
  'color-scheme': 'light dark',
  visibility: 'hidden',
};
