import { readFile } from 'node:fs/promises';
import { connect, type AriClient } from 'asterisk-ari';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launch, open } from './support/browser.js';
import { axeFaults, breakConnection, focusOutline, whenShown } from './support/in-page.js';
import { Program } from './support/program.js';

let browser: Browser;
let asterisk: TestAsterisk;
let client: AriClient;
let explorer: Program;

beforeAll(async () => {
  browser = await launch();
  asterisk = await startAsterisk({ clock: 'real', sounds: { long: 1500 } });
  client = await connect(asterisk.url, asterisk.username, asterisk.password);
  client.channels.on('StasisStart', async (channel) => {
    await channel.answer();
    await channel.play({ media: 'sound:long' });
  });
  await client.start('hello');
});

beforeEach(() => {
  explorer = Program.on(asterisk);
  return () => explorer[Symbol.asyncDispose]();
});

afterAll(async () => {
  await client.close();
  await asterisk.close();
  await browser.close();
});

const openPage = async (...options: Parameters<typeof open> extends [unknown, unknown, ...infer O] ? O : never) =>
  open(browser, await explorer.address(), ...options);

const row = (page: Page, words: string) => page.locator('.row').filter({ hasText: words }).first();
const call = (page: Page, words: string) =>
  page.getByRole('navigation', { name: 'Calls' }).getByRole('button').filter({ hasText: words });

describe('the ladder', () => {
  it('shows a call within 200 ms', async () => {
    await using opened = await openPage();
    const { page } = opened;
    await page.getByText('open', { exact: true }).waitFor();
    // The best of a few: what else the machine does is not the page's doing.
    const took: number[] = [];
    for (let turn = 1; turn <= 5 && Math.min(...took) >= 200; turn += 1) {
      const seen = whenShown(page, `Quick${turn}`);
      const began = Date.now();
      const phone = asterisk.call({ to: 'stasis-hello', from: `Quick${turn} <30${turn}>` });
      took.push((await seen) - began);
      phone.hangup();
    }
    expect(Math.min(...took)).toBeLessThan(200);
  });

  it('has a lane for each channel and bridge of a call, and JSON of what is clicked', async () => {
    await using opened = await openPage();
    const { page } = opened;
    const phone = asterisk.call({ to: 'stasis-hello', from: 'Lane <302>' });
    await call(page, 'Lane <302>').click();
    await row(page, 'PlaybackStarted').click();
    const json = page.getByRole('region', { name: 'JSON of the event' });
    expect(await json.textContent()).toContain('"media_uri": "sound:long"');
    const bridge = await client.bridges.create({ type: 'mixing' });
    await bridge.addChannel({ channel: phone.channelId });
    await row(page, 'ChannelEnteredBridge').waitFor();
    const lanes = await page.locator('.lane').allTextContents();
    expect(lanes.slice(0, 3)).toEqual(['application', 'Asterisk', expect.stringMatching(/^PJSIP\/302-/)]);
    expect(lanes[3]).toMatch(/^bridge/);
    phone.hangup();
    await call(page, 'Lane <302>').filter({ hasText: 'over' }).waitFor();
    await bridge.destroy();
  });

  it('says how long each call has taken: one that is up, until now', async () => {
    await using opened = await openPage();
    const { page } = opened;
    await row(page, 'connection open').waitFor();
    await page.clock.install();
    const [first, second] = ['Long <313>', 'Short <314>'].map((from) => asterisk.call({ to: 'stasis-hello', from }));
    await call(page, 'Long').filter({ hasText: '1 up' }).waitFor();
    second?.hangup();
    await call(page, 'Short').filter({ hasText: 'over' }).waitFor();
    await page.clock.fastForward('10:00');
    await call(page, 'Long')
      .filter({ hasText: / 10 min \d+ s · 1 up/ })
      .waitFor();
    expect(await call(page, 'Short').textContent()).toMatch(/ \d s · over/);
    first?.hangup();
    await call(page, 'Long')
      .filter({ hasText: / \d s · over/ })
      .waitFor();
  });

  it('says of a call that may have ended in a gap that nothing was heard of it since', async () => {
    await using opened = await openPage();
    const { page } = opened;
    await row(page, 'connection open').waitFor();
    const [gone, alive] = ['Gone <315>', 'Left <316>'].map((from) => asterisk.call({ to: 'stasis-hello', from }));
    for (const who of ['Gone', 'Left']) await call(page, who).filter({ hasText: '1 up' }).waitFor();
    asterisk.faults.dropSocket(/as (ari-explorer-\w+)/.exec(explorer.stdout.join())?.[1]);
    gone?.hangup();
    await row(page, 'gap of').waitFor();
    for (const who of ['Gone', 'Left']) await call(page, who).filter({ hasText: 'not heard of since a gap' }).waitFor();
    alive?.press('1');
    await call(page, 'Left').filter({ hasText: '1 up' }).waitFor();
    alive?.hangup();
    await call(page, 'Left').filter({ hasText: 'over' }).waitFor();
    expect(await call(page, 'Gone').textContent()).toContain('not heard of since a gap');
  });

  it('is filtered by type, application, channel and text', async () => {
    await using opened = await openPage();
    const { page } = opened;
    const phones = ['Anna <303>', 'Bert <304>'].map((from) => asterisk.call({ to: 'stasis-hello', from }));
    await call(page, 'Bert').waitFor();
    await row(page, 'ChannelStateChange').waitFor();
    await page.getByLabel('Type').selectOption('ChannelStateChange');
    await expect.poll(() => page.locator('.row').count()).toBe(2);
    await page.getByLabel('Search in the JSON').fill('bert');
    await expect.poll(() => page.locator('.row').count()).toBe(1);
    await page.getByLabel('Search in the JSON').fill('');
    await page.getByLabel('Channel', { exact: true }).selectOption(`channel:${phones[0]?.channelId}`);
    await expect.poll(() => page.locator('.row').count()).toBe(1);
    await page.getByLabel('Type').selectOption('');
    const [app] = await page.getByLabel('Application').locator('option:not([value=""])').allTextContents();
    await page.getByLabel('Application').selectOption(app ?? '');
    await expect.poll(() => page.locator('.row').count()).toBeGreaterThan(3);
    for (const phone of phones) phone.hangup();
  });

  it('stands still while it is paused, and loses nothing', async () => {
    await using opened = await openPage();
    const { page } = opened;
    await row(page, 'connection open').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    const before = await page.locator('.row').count();
    const phone = asterisk.call({ to: 'stasis-hello', from: 'Paul <305>' });
    const paused = page.getByRole('button', { name: /^Paused · \d+ new/ });
    await paused.filter({ hasNotText: '· 0 new' }).waitFor();
    expect(await page.locator('.row').count()).toBe(before);
    await paused.click();
    await row(page, 'PlaybackStarted').waitFor();
    phone.hangup();
  });

  it('is used by keyboard alone', async () => {
    await using opened = await openPage();
    const { page } = opened;
    const phone = asterisk.call({ to: 'stasis-hello', from: 'Kay <306>' });
    await row(page, 'PlaybackStarted').waitFor();
    await page.getByRole('tab', { name: 'Live' }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('tab', { name: 'Objects' }).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('ArrowLeft');
    const ladder = page.getByRole('listbox');
    await ladder.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const active = await ladder.getAttribute('aria-activedescendant');
    expect(await page.locator(`#${active}`).getAttribute('aria-selected')).toBe('true');
    expect(await page.locator(`#${active}`).getAttribute('aria-posinset')).toBe('3');
    expect(await focusOutline(page)).toBe('solid');
    phone.hangup();
  });

  it('goes on where it was when the connection to the page broke', async () => {
    await using opened = await openPage();
    const { page } = opened;
    await breakConnection(page);
    const phone = asterisk.call({ to: 'stasis-hello', from: 'Broken <307>' });
    await row(page, 'PlaybackStarted').waitFor();
    const sequence = await page.locator('.row').evaluateAll((rows) => rows.map(({ id }) => Number(id.slice(4))));
    expect(sequence).toEqual(sequence.map((_, index) => (sequence[0] ?? 0) + index));
    phone.hangup();
  });
});

describe('what Asterisk says', () => {
  it('is text, whatever a caller calls himself', async () => {
    await using opened = await openPage();
    const { page } = opened;
    const name = "<img src=x onerror=document.title='owned'><script>document.title='owned'</script>";
    const channel = client.channels.handle();
    await channel.originateWithId({
      endpoint: 'Local/stasis-hello@default',
      app: 'hello',
      callerId: `"${name}" <666>`,
    });
    await call(page, '<img src=x').first().click();
    await page.getByLabel('Search in the JSON').fill('onerror');
    await row(page, 'ChannelCallerId').click();
    await page.getByRole('region', { name: 'JSON of the event' }).filter({ hasText: '<img src=x onerror' }).waitFor();
    await page.getByRole('tab', { name: 'Objects' }).click();
    await page
      .getByRole('cell', { name: /<img src=x/ })
      .first()
      .waitFor();
    expect(await page.locator('img, #app script').count()).toBe(0);
    expect(await page.title()).toBe('ari-explorer');
    await channel.hangup();
  });

  it('turns no text round, and all of it is seen', async () => {
    await using opened = await openPage();
    const { page } = opened;
    const unseen = () => page.evaluate<string[]>(`document.body.innerText.match(/[\\p{Cf}\\p{Co}\\u2028]/gu) ?? []`);
    const channel = client.channels.handle();
    await channel.originateWithId({
      endpoint: 'Local/stasis-hello@default',
      app: 'hello',
      callerId: '"Turn\u202Ed\u{E0041}\u200B" <667>',
    });
    await call(page, 'Turn\\u202ed\\udb40\\udc41\\u200b <667>').first().click();
    await row(page, 'ChannelCallerId').click();
    await page.getByRole('region', { name: 'JSON of the event' }).filter({ hasText: '"Turn\\u202ed' }).waitFor();
    expect(await unseen()).toEqual([]);
    await page.getByRole('tab', { name: 'Objects' }).click();
    await page
      .getByRole('cell', { name: /Turn\\u202ed/ })
      .first()
      .waitFor();
    expect(await unseen()).toEqual([]);
    await page.getByRole('tab', { name: 'Try' }).click();
    await page.getByRole('button', { name: 'GET getGlobalVar', exact: true }).click();
    await page.locator('#parameter-variable').fill('a\u202Eb');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('status', { name: 'Outcome' }).waitFor();
    expect(await page.getByLabel('The call in TypeScript').textContent()).toContain('"a\\u202eb"');
    expect(await unseen()).toEqual([]);
    await channel.hangup();
  });
});

describe('the list of calls', () => {
  it('takes a click while calls come in', async () => {
    await using opened = await openPage();
    const { page } = opened;
    const first = asterisk.call({ to: 'stasis-hello', from: 'Pressed <310>' });
    await call(page, 'Pressed').hover();
    await page.mouse.down();
    const second = asterisk.call({ to: 'stasis-hello', from: 'Moving <311>' });
    await row(page, 'PJSIP/311-').waitFor();
    await page.mouse.up();
    await call(page, 'Pressed').and(page.locator('[aria-current="true"]')).waitFor();
    await call(page, 'Moving').waitFor();
    first.hangup();
    second.hangup();
  });
});

describe('saving', () => {
  it('gives what is shown as JSON lines, Mermaid, and HTML that opens from a disk', async () => {
    await using opened = await openPage();
    const { page } = opened;
    const phones = ['Saved <308>', 'Other <309>'].map((from) => asterisk.call({ to: 'stasis-hello', from }));
    await call(page, 'Saved').click();
    await row(page, 'PlaybackStarted').waitFor();
    const save = async (name: string): Promise<{ path: string; text: string }> => {
      const download = page.waitForEvent('download');
      await page.locator('summary').click();
      await page.getByRole('button', { name }).click();
      const path = await (await download).path();
      return { path, text: await readFile(path, 'utf8') };
    };
    const lines = (await save('JSON lines')).text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(lines).toContainEqual(expect.objectContaining({ kind: 'event', type: 'PlaybackStarted' }));
    expect(JSON.stringify(lines)).not.toContain('"309"');
    expect((await save('Mermaid diagram')).text).toMatch(/^sequenceDiagram/m);
    const html = await save('HTML file');
    const file = await browser.newPage();
    const errors: string[] = [];
    file.on('pageerror', (error) => errors.push(error.message));
    await file.goto(`file://${html.path}`);
    await file.getByText('PlaybackStarted').first().waitFor();
    expect(errors).toEqual([]);
    await file.close();
    for (const phone of phones) phone.hangup();
  });
});

describe('trying', () => {
  const choose = async (page: Page, resource: string, name: string): Promise<void> => {
    await page.getByRole('tab', { name: 'Try' }).click();
    await page
      .getByRole('navigation', { name: 'Operations' })
      .getByRole('region', { name: resource })
      .getByRole('button', { name, exact: true })
      .click();
  };

  it('an operation reaches Asterisk, and its call is there to copy', async () => {
    await using opened = await openPage();
    const { page } = opened;
    await choose(page, 'deviceStates', 'PUT update');
    await page.getByRole('button', { name: 'Send …' }).click();
    expect(await page.locator('#parameter-deviceName-fault').textContent()).toBe('It is required.');
    await page.locator('#parameter-deviceName').fill("Stasis:ann's");
    await page.locator('#parameter-deviceState').selectOption('BUSY');
    expect(await page.getByRole('region', { name: 'The call in TypeScript' }).textContent()).toBe(
      `await client.deviceStates.update({\n  deviceName: "Stasis:ann's",\n  deviceState: 'BUSY',\n});`,
    );
    await page.getByRole('button', { name: 'Send …' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Send it' }).click();
    await page.getByRole('status', { name: 'Outcome' }).filter({ hasText: 'done' }).waitFor();
    expect((await client.deviceStates.get({ deviceName: "Stasis:ann's" })).state).toBe('BUSY');
    await page.getByRole('tab', { name: 'Live' }).click();
    await row(page, 'deviceStates.update').waitFor();
  });

  it('what is dangerous is asked before, and says what went wrong', async () => {
    await using opened = await openPage();
    const { page } = opened;
    await choose(page, 'channels', 'DELETE hangup');
    await page.getByLabel('channelId').fill('nobody');
    const before = asterisk.journal.requestsTo({ method: 'DELETE', path: '/channels/*' }).length;
    await page.getByRole('button', { name: 'Send …' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Send …' }).click();
    expect(asterisk.journal.requestsTo({ method: 'DELETE', path: '/channels/*' })).toHaveLength(before);
    await page.getByRole('dialog').getByRole('button', { name: 'Send it' }).click();
    await page.getByRole('status', { name: 'Outcome' }).filter({ hasText: 'NotFoundError' }).waitFor();
    expect(asterisk.journal.requestsTo({ method: 'DELETE', path: '/channels/*' })).toHaveLength(before + 1);
  });

  it('begins with an object that there is', async () => {
    await using opened = await openPage();
    const { page } = opened;
    const phone = asterisk.call({ to: 'stasis-hello', from: 'There <311>' });
    await page.getByRole('tab', { name: 'Objects' }).click();
    await page.getByRole('button', { name: /^Try an operation on PJSIP\/311-/ }).click();
    expect(await page.getByLabel('channelId').inputValue()).toBe(phone.channelId);
    phone.hangup();
    await page.getByRole('tab', { name: 'Objects' }).click();
    await page.getByRole('cell', { name: /^PJSIP\/311-/ }).waitFor({ state: 'detached' });
  });
});

describe('the page', () => {
  it.each(['light', 'dark'] as const)('has nothing that axe objects to: %s', async (colorScheme) => {
    await using opened = await openPage({ colorScheme, bypassCSP: true });
    const { page } = opened;
    const phone = asterisk.call({ to: 'stasis-hello', from: `Axe <${colorScheme === 'light' ? 312 : 412}>` });
    await row(page, 'PlaybackStarted').click();
    const faults = (): Promise<unknown> => axeFaults(page, axe.source);
    expect(await faults()).toEqual([]);
    await page.getByRole('tab', { name: 'Objects' }).click();
    await page
      .getByRole('cell', { name: /PJSIP\/[34]12-/ })
      .first()
      .waitFor();
    expect(await faults()).toEqual([]);
    await page.getByRole('tab', { name: 'Try' }).click();
    await page.getByRole('button', { name: 'POST originate', exact: true }).click();
    expect(await faults()).toEqual([]);
    phone.hangup();
  });

  it('closes its detail at its corner, whatever the length of what was chosen', async () => {
    await using opened = await openPage();
    const { page } = opened;
    const phone = asterisk.call({ to: 'stasis-hello', from: 'There <312>' });
    await page.locator('.row').last().click();
    const header = await page.locator('.detail header').boundingBox();
    const button = await page.getByRole('button', { name: 'Close' }).boundingBox();
    const { x: left = 0, y: top = 0, width = 0 } = header ?? {};
    expect(button?.y).toBeLessThan(top + 10);
    expect((button?.x ?? 0) + (button?.width ?? 0)).toBeGreaterThan(left + width - 16);
    phone.hangup();
  });

  it('says of what is no JSON that it is none', async () => {
    await using opened = await openPage();
    const { page } = opened;
    await page.getByRole('tab', { name: 'Try' }).click();
    await page
      .getByRole('region', { name: 'channels' })
      .getByRole('button', { name: 'POST originate', exact: true })
      .click();
    await page.locator('#parameter-variables').fill('{"A":');
    await page.getByRole('button', { name: 'Send …' }).click();
    expect(await page.locator('#parameter-variables-fault').textContent()).toMatch(/^It must be JSON, such as/);
  });

  it('of a read-only explorer sends nothing but GET', async () => {
    await using reader = Program.on(asterisk, '--read-only');
    await using opened = await open(browser, await reader.address());
    const { page } = opened;
    await page.getByText('read-only', { exact: true }).waitFor();
    await page.getByRole('tab', { name: 'Try' }).click();
    await page.getByRole('button', { name: 'POST originate', exact: true }).click();
    expect(await page.getByRole('button', { name: 'Send …' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'GET ping', exact: true }).click();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('status', { name: 'Outcome' }).filter({ hasText: 'done' }).waitFor();
    await page.getByRole('button', { name: 'GET getGlobalVar', exact: true }).click();
    await page.locator('#parameter-variable').fill('SHELL(id)');
    expect(await page.getByRole('button', { name: 'Send …' }).isDisabled()).toBe(true);
    await page.locator('#parameter-variable').fill('LEN(id)');
    expect(await page.getByRole('button', { name: 'Send', exact: true }).isEnabled()).toBe(true);
  });
});
