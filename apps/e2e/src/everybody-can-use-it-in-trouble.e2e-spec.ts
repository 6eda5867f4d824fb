import { AgentPage } from './support/agent-page';
import { Looks, screens } from './support/axe';
import type { Screen } from './support/browser';
import { House } from './support/house';
import { press } from './support/keys';
import { VisitorPage } from './support/visitor-page';
import { Wire } from './support/wire';

const refused = { __typename: 'InputRefused', code: 'NOT_ALLOWED', message: 'You may not do this.' };

describe('Everybody can use it in trouble', () => {
  const house = House.open({ OFFER_TIMEOUT_MS: '120000' });

  const newPage = async (screen: Screen) => {
    const page = await (await house.person('mouse', screen)).newPage();
    return { page, wire: await Wire.of(page), looks: new Looks() };
  };

  it.each(screens)('has nothing for axe to find at a door that stays shut ($width px)', async (screen) => {
    const { page, wire, looks } = await newPage(screen);
    wire.hold('Viewer');
    await page.goto(house.cordboard.console);
    await looks.at(page, 'opening', page.getByText('Opening…'));
    await wire.letGo();

    await wire.fail('SignIn');
    await AgentPage.on(page).does.signIn('maria@demo.cordboard.example', 'cordboard-demo');
    await looks.at(page, 'sign-in failed', page.getByText('Check the network and sign in again'));

    await wire.fail('Viewer');
    await page.reload();
    await looks.at(page, 'not opened', page.getByText('The server cannot be reached'));
    expect(looks.found).toEqual([]);
  });

  it.each(screens)('has nothing for axe to find in a conversation that loads or fails ($width px)', async (screen) => {
    const { page, wire, looks } = await newPage(screen);
    await page.goto(house.cordboard.console);
    const maria = AgentPage.on(page);
    await house.signIn(maria, 'maria');
    await maria.available();
    const visitor = await house.visitor('shop', 'mouse', screen);
    await visitor.openChat();
    wire.hold('Timeline', 'Contact');
    await visitor.write('Do you have these in 42?');
    await maria.accept();
    const drawer = screen.width === 390;
    const customer = page.getByRole('button', { name: 'Customer and visit' });
    const fold = page.getByRole('button', { name: 'Fold this pane' });

    await looks.at(page, 'timeline loads', page.locator('.timeline-frame .bone').first());
    if (drawer) await customer.click();
    await looks.at(page, 'context loads', page.locator('.context .bone').first());
    await wire.fail('Timeline', 'Contact');
    await looks.at(page, 'context failed', page.getByText('did not load').last());
    if (drawer) await fold.click();
    await looks.at(page, 'timeline failed', page.getByText('The conversation did not load'));
    await wire.letGo();
    await page.locator('.conversation').getByRole('button', { name: 'Retry' }).click();
    await maria.reads('Do you have these in 42?');

    await wire.fail('SendMessage');
    await wire.cut();
    await maria.does.reply('Yes, two pairs are left.');
    await looks.at(page, 'cut off', page.getByText('Reconnecting…'), page.locator('[data-status=PENDING]').first());
    wire.answer('SendMessage', { sendMessage: refused });
    wire.mend();
    await looks.at(page, 'message failed', page.locator('[data-status=FAILED]').getByRole('button', { name: 'Retry' }));
    await wire.letGo();
    await page.locator('[data-status=FAILED]').getByRole('button', { name: 'Retry' }).click();
    await visitor.reads('Yes, two pairs are left.');
    expect(looks.found).toEqual([]);
  });

  it.each(screens)('has nothing for axe to find in lists and pages that load or fail ($width px)', async (screen) => {
    const { page, wire, looks } = await newPage(screen);
    await page.goto(house.cordboard.console);
    await house.signIn(AgentPage.on(page), 'maria');
    wire.hold('Conversations', 'Conversation', 'Agents');
    wire.silence();
    await page.reload();
    const bone = page.locator('main .bone').first();
    await looks.at(page, 'list loads', bone, page.getByText('Connecting…'));
    await press(page, 'g', 'b');
    await looks.at(page, 'board loads', bone);
    await press(page, 'g', 'p');
    await looks.at(page, 'people load', bone);
    await wire.fail('Conversations', 'Conversation', 'Agents');
    await looks.at(page, 'people failed', page.getByRole('alert'));
    await press(page, 'g', 'b');
    await looks.at(page, 'board failed', page.getByRole('alert'));
    await press(page, 'g', 'm');
    await looks.at(page, 'list failed', page.getByRole('alert'));
    wire.hold('Conversation');
    await page.evaluate("location.hash = '#/c/01900000-0000-7000-8000-000200000002/01900000-0000-7000-8000-000000000000'");
    await looks.at(page, 'conversation loads', page.locator('.conversation .bone').first());
    await wire.fail('Conversation');
    await looks.at(page, 'conversation failed', page.getByText('The conversation did not load'));
    if (screen.width === 390) await page.getByRole('button', { name: 'Back to the list' }).click();
    await page.getByText('The list did not load').waitFor();
    expect(looks.found).toEqual([]);
  });

  it.each(screens)('has nothing for axe to find in a chat that waits or fails ($width px)', async (screen) => {
    const { page, wire, looks } = await newPage(screen);
    wire.silence();
    await page.goto(`${house.cordboard.sites}/demo/shop`);
    const visitor = VisitorPage.on(page);
    await visitor.openChat();
    const frame = await visitor.frame();
    await visitor.write('Do you have these in 42?');
    await looks.at(page, 'chat connects', frame.getByText('Connecting…'), frame.getByText('Waiting for connection'));

    const again = frame.getByRole('button', { name: 'Try again' });
    wire.onSaid((said) => (said.type === 'send' ? { type: 'busy', clientMsgId: said.clientMsgId, retryAfterMs: 200 } : null));
    await wire.cut();
    wire.mend();
    await looks.at(page, 'chat is busy', frame.getByText('We have a lot of messages'), frame.getByText('Sending…'));
    wire.onSaid((said) => (said.type === 'send' ? { type: 'refused', code: 'text', clientMsgId: said.clientMsgId, message: '' } : null));
    await looks.at(page, 'message not sent', frame.getByText('Not sent'), again);
    expect(await frame.getByText('We have a lot of messages').count()).toBe(0);

    await wire.cut();
    await looks.at(page, 'chat is cut off', frame.getByText('Connection lost'));
    wire.onSaid((said) => (said.type === 'hello' ? { type: 'refused', code: 'site', clientMsgId: null, message: '' } : null));
    wire.mend();
    await again.click();
    await looks.at(page, 'chat is refused', frame.getByText('Chat is not available on this page'));
    expect(looks.found).toEqual([]);
  });
});
