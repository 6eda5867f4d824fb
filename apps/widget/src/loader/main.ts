import { type Command, commandQueue } from './commands';
import { Dodger } from './dodger';
import { FrameLink } from './frame-link';
import { Launcher } from './launcher';

/**
 * What a site embeds:
 *   <script async src="https://HOST/webchat/loader.js" data-tenant="clinic"></script>
 * It asks nothing of the page but `script-src` and `frame-src` for HOST, sets no cookie and no global besides
 * `window.cordboard`, and shows nothing until the frame has answered: where the site is not allowed, nothing appears.
 */
function start(script: HTMLScriptElement): void {
  const tenant = script.dataset.tenant;
  if (!tenant) throw new Error('Cordboard: the script tag has no data-tenant.');
  if (document.querySelector('cordboard-chat')) return;

  const launcher = new Launcher(Number(script.dataset.bottom) || 24, script.dataset.side === 'left' ? 'left' : 'right');
  const link = new FrameLink(new URL(script.src).origin, tenant, script.dataset.lang, launcher);
  new Dodger(launcher).start();
  launcher.onOpen = () => link.open();

  const commands: Record<Command, () => void> = {
    open: () => link.open(),
    close: () => link.close(),
    toggle: () => (launcher.isOpen ? link.close() : link.open()),
  };
  const queued = commandQueue();
  window.cordboard = (command) => commands[command]?.();
  link.whenReady(() => {
    for (const [command] of queued) window.cordboard?.(command);
  });
}

const script = document.currentScript;
if (script instanceof HTMLScriptElement) {
  if (document.body) start(script);
  else document.addEventListener('DOMContentLoaded', () => start(script));
}
