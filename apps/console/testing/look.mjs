/** Takes pictures of the built console in every state worth looking at: `node apps/console/testing/look.mjs <folder> [names…]`. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { startMockGateway } from './mock-gateway.mjs';

const [folder = 'reports/look', ...only] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const offer = (id, conversationId, tenantId, queueId, preview) => ({
  id,
  tenantId,
  conversationId,
  queueId,
  agentId: 'p-maria',
  channel: 'WEBCHAT',
  token: 3,
  contactName: null,
  preview,
  enqueuedAt: new Date(Date.now() - 41_000).toISOString(),
  madeAt: new Date(Date.now() - 6000).toISOString(),
  deadline: new Date(Date.now() + 14_000).toISOString(),
});
const ring = ({ state, publish }) => {
  state.offers = [
    offer('o1', 'c-w1', 't-shop', 'q-shop', 'The left shoe is a different size to the right one'),
    offer('o2', 'c-w2', 't-ins', 'q-ins', '我想了解一下我的保单'),
  ];
  for (const each of state.offers) publish('offerEvents', { offer: each, ending: null });
};
const wide = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const shots = {
  busy: { hash: '#/c/t-clinic/c-anna', act: (gateway) => ring(gateway) },
  'busy-dark-ru': { hash: '#/c/t-clinic/c-anna', theme: 'dark', language: 'ru', act: (gateway) => ring(gateway) },
  'busy-1100': { hash: '#/c/t-clinic/c-anna', size: { width: 1100, height: 800 } },
  'busy-2560': { hash: '#/c/t-clinic/c-anna', size: { width: 2560, height: 1300 } },
  empty: { state: { empty: true } },
  failed: { hash: '#/c/t-clinic/c-anna', state: { failLists: true, failThreads: true } },
  loading: { hash: '#/c/t-clinic/c-anna', state: { hang: true } },
  'sign-in': {
    state: { signedIn: false },
    async act(_, page) {
      await page.getByLabel('E-mail').fill('maria@demo.cordboard.example');
      await page.getByRole('textbox', { name: 'Password' }).fill('often');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').waitFor();
    },
  },
  'sign-in-dark-ru': { state: { signedIn: false }, theme: 'dark', language: 'ru' },
  board: { hash: '#/waiting' },
  'board-dark-ru': { hash: '#/waiting', theme: 'dark', language: 'ru' },
  people: { hash: '#/people' },
  trouble: { hash: '#/c/t-clinic/c-berdsk' },
  long: { hash: '#/c/t-shop/c-liu' },
  close: { hash: '#/c/t-clinic/c-anna', act: (_, page) => page.keyboard.press('e') },
  'close-dark-ru': { hash: '#/c/t-clinic/c-anna', theme: 'dark', language: 'ru', act: (_, page) => page.keyboard.press('e') },
  transfer: { hash: '#/c/t-clinic/c-anna', act: (_, page) => page.keyboard.press('t') },
  keys: { hash: '#/c/t-clinic/c-anna', act: (_, page) => page.keyboard.press('?') },
  palette: { hash: '#/c/t-clinic/c-anna', act: (_, page) => page.keyboard.press('Control+k') },
  menu: { hash: '#/c/t-clinic/c-anna', act: (_, page) => page.keyboard.press('Control+.') },
  note: {
    hash: '#/c/t-clinic/c-anna',
    async act(_, page) {
      await page.keyboard.press('n');
      await page.keyboard.type('She prefers the evening.\nSecond line');
    },
  },
  reconnecting: {
    hash: '#/c/t-clinic/c-anna',
    async act(gateway, page) {
      await page.getByTestId('composer-input').fill('This one waits in the outbox');
      gateway.state.down = true;
      await page.context().setOffline(true);
      gateway.dropSockets();
      await page.getByTestId('composer-input').press('Enter');
      await page.waitForTimeout(3000);
    },
  },
  refused: {
    hash: '#/c/t-clinic/c-anna',
    state: { refuseSends: true },
    async act(_, page) {
      await page.getByTestId('composer-input').fill('Too late');
      await page.getByTestId('composer-input').press('Enter');
    },
  },
  all: {
    async act(_, page) {
      await page.getByRole('button', { name: /^All/ }).click();
    },
  },
  declined: {
    hash: '#/c/t-clinic/c-anna',
    async act(gateway, page) {
      ring(gateway);
      await page.getByRole('button', { name: /Decline/ }).click();
    },
  },
  'phone-list': { size: phone, act: (gateway) => ring(gateway) },
  'phone-list-dark-ru': { size: phone, theme: 'dark', language: 'ru' },
  'phone-talk': { size: phone, hash: '#/c/t-clinic/c-anna' },
  'phone-talk-dark-ru': { size: phone, hash: '#/c/t-clinic/c-anna', theme: 'dark', language: 'ru' },
  'phone-context': { size: phone, hash: '#/c/t-clinic/c-anna', act: (_, page) => page.keyboard.press('i') },
  'phone-board': { size: phone, hash: '#/waiting' },
  'phone-people': { size: phone, hash: '#/people' },
  'phone-close': { size: phone, hash: '#/c/t-clinic/c-anna', act: (_, page) => page.keyboard.press('e') },
};
const axeSource = process.env.AXE ? path.resolve(import.meta.dirname, '../../../node_modules/axe-core/axe.min.js') : null;
for (const [name, shot] of Object.entries(shots)) {
  if (only.length > 0 && !only.includes(name)) continue;
  const gateway = await startMockGateway(shot.state);
  const context = await browser.newContext({
    viewport: shot.size ?? wide,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    bypassCSP: axeSource !== null,
  });
  const page = await context.newPage();
  const words = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && words.push(message.text()));
  page.on('pageerror', (error) => words.push(String(error)));
  await page.addInitScript(
    ([theme, language]) => {
      localStorage.setItem('cordboard.theme', JSON.stringify(theme));
      localStorage.setItem('cordboard.language', JSON.stringify(language));
    },
    [shot.theme ?? 'light', shot.language ?? 'en'],
  );
  await page.goto(`${gateway.url}/${shot.hash ?? ''}`);
  await page.waitForTimeout(900);
  try {
    await shot.act?.(gateway, page);
  } catch (error) {
    words.push(String(error));
  }
  await page.waitForTimeout(500);
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
  if (axeSource) {
    await page.addScriptTag({ path: axeSource });
    const { violations } = await page.evaluate(() =>
      globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }),
    );
    for (const each of violations)
      words.push(
        `axe ${each.id}: ${each.nodes
          .map((node) => node.html.slice(0, 140))
          .slice(0, 3)
          .join(' | ')} ${each.nodes[0].failureSummary.split('\n')[1]}`,
      );
  }
  console.log(name, words.length > 0 ? words : 'ok');
  await context.close();
  await gateway.stop();
}
await browser.close();
