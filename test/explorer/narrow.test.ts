import { connect, type AriClient } from 'asterisk-ari';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, open, type OpenPage } from './support/browser.js';
import { cutOff, tooWide } from './support/in-page.js';
import { Program } from './support/program.js';

// Everything that Asterisk names at its longest, several of each kind, so that whatever could be wider than a telephone is.

const width = 360;
const long = (what: string): string => `${what}${'-of-a-name-that-does-not-end'.repeat(2)}`;

let browser: Browser;
let asterisk: TestAsterisk;
let client: AriClient;
let explorer: Program;

beforeAll(async () => {
  browser = await launch();
  asterisk = await startAsterisk({ clock: 'real', sounds: { long: 60_000 } });
  client = await connect(asterisk.url, asterisk.username, asterisk.password);
  const apps = ['one', 'two', 'three'].map((name) => long(name));
  // The far half of each Local channel, which comes by the dialplan.
  client.channels.on('StasisStart', async (channel) => {
    if (channel.state !== 'Up') await channel.answer();
  });
  await client.start(apps);
  explorer = Program.on(asterisk);
  await using opened = await openNarrow();
  await opened.page.getByText('open', { exact: true }).waitFor();
  for (const [index, app] of apps.entries()) {
    await fill(app, index);
  }
});

afterAll(async () => {
  await explorer[Symbol.asyncDispose]();
  await client.close();
  await asterisk.close();
  await browser.close();
});

/** A call with everything that a call can have. */
async function fill(app: string, index: number): Promise<void> {
  const channel = client.channels.handle(long(`channel${index}`));
  const entered = channel.waitFor('StasisStart', { timeoutMs: 5000 });
  await channel.originateWithId({
    endpoint: `Local/stasis-${app}@default`,
    app,
    callerId: `"${'Wolfeschlegelsteinhausenbergerdorff '.repeat(3)}" <${'30'.repeat(20)}${index}>`,
  });
  await entered;
  const bridge = client.bridges.handle(long(`bridge${index}`));
  await bridge.createWithId({ type: 'mixing', name: long(`meeting${index}`) });
  await bridge.addChannel({ channel });
  await bridge.playWithId({ playbackId: long(`playback${index}`), media: 'sound:long' });
  await bridge.record({ name: long(`recording${index}`), format: 'wav' });
}

async function openNarrow(): Promise<OpenPage> {
  return open(browser, await explorer.address(), { viewport: { width, height: 740 } });
}

const tab = (page: Page, name: string): Promise<void> => page.getByRole('tab', { name }).click();

describe('on a telephone, the page fits', () => {
  it('with a ladder, a chosen entry, and a pause', async () => {
    await using opened = await openNarrow();
    const { page } = opened;
    await page.locator('.row').filter({ hasText: 'RecordingStarted' }).last().waitFor();
    expect(await tooWide(page)).toEqual([]);
    await page.locator('.call').nth(1).click();
    await page.locator('.row').last().click();
    await page.getByRole('button', { name: 'Close' }).waitFor();
    expect(await tooWide(page)).toEqual([]);
    await page.getByRole('button', { name: 'Pause' }).click();
    for (let count = 0; count < 5; count += 1) await client.channels.list();
    await page.locator('summary').click();
    await page.getByRole('button', { name: 'Copy as Mermaid' }).waitFor();
    expect(await tooWide(page)).toEqual([]);
  });

  it('with tables, and nothing in them is cut off', async () => {
    await using opened = await openNarrow();
    const { page } = opened;
    await tab(page, 'Objects');
    for (const kind of ['channels', 'bridges', 'playbacks', 'recordings under way', 'applications', 'endpoints']) {
      await page.getByRole('region', { name: `Table of ${kind}` }).waitFor();
    }
    expect(await tooWide(page)).toEqual([]);
    expect(await cutOff(page, '.objects :is(.text, td, th, h2)')).toEqual([]);
    // What is beside the edge is scrolled to.
    const button = page.getByRole('button', { name: /^Try an operation on / }).first();
    await button.scrollIntoViewIfNeeded();
    await button.click();
    expect(await page.getByLabel('channelId').inputValue()).toMatch(/^channel\d-of-a-name/);
  });

  it('with forms, what is asked, and what comes of it', async () => {
    await using opened = await openNarrow();
    const { page } = opened;
    await tab(page, 'Try');
    const operations = page.getByRole('navigation', { name: 'Operations' }).getByRole('button');
    await expect.poll(() => operations.count()).toBeGreaterThan(100);
    for (const name of ['originateWithId', 'externalMedia', 'sendMessageToEndpoint', 'updateObject']) {
      await page.getByRole('button', { name: new RegExp(`^\\w+ ${name}$`) }).click();
      expect(await tooWide(page)).toEqual([]);
    }
    await page.getByRole('button', { name: 'DELETE hangup', exact: true }).click();
    await page.getByLabel('channelId').fill(long('nobody'));
    await page.getByRole('button', { name: 'Send …' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await tooWide(page)).toEqual([]);
    await page.getByRole('button', { name: 'Send it' }).click();
    await page.getByRole('status', { name: 'Outcome' }).filter({ hasText: 'NotFoundError' }).waitFor();
    expect(await tooWide(page)).toEqual([]);
  });

  it('with a release of many words, beside which the connection’s state is seen', async () => {
    await using opened = await openNarrow();
    const { page } = opened;
    await page.locator('.where .server').evaluate((server) => (server.textContent = 'Asterisk 22.10.1+dfsg'.repeat(4)));
    expect(await tooWide(page)).toEqual([]);
    const { x = width, width: taken = 0 } = (await page.locator('.where .link').boundingBox()) ?? {};
    expect(x + taken).toBeLessThanOrEqual(width);
  });
});
