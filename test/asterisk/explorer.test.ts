import { connect, type AriClient } from 'asterisk-ari';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch, open } from '../explorer/support/browser.js';
import { whenShown } from '../explorer/support/in-page.js';
import { Program } from '../explorer/support/program.js';
import { realAsterisk } from './real.js';

const asterisk = realAsterisk('22', 'explorer');
let browser: Browser;
let client: AriClient;

beforeAll(async () => {
  browser = await launch();
  const { url, username, password } = asterisk();
  client = await connect(url, username, password);
  await client.start('explored');
});

afterAll(async () => {
  await client.close();
  await browser.close();
});

it('the explorer shows a call within 200 ms, and what is tried on its page reaches Asterisk', async () => {
  await using explorer = Program.on(asterisk());
  await using opened = await open(browser, await explorer.address());
  const { page } = opened;
  await page.getByText('open', { exact: true }).waitFor();
  const shown = whenShown(page, 'Real');
  const channel = client.channels.handle();
  const entered = channel.waitFor('StasisStart', { timeoutMs: 10_000 });
  const began = Date.now();
  await channel.originateWithId({ endpoint: 'Local/wait@default', app: 'explored', callerId: '"<b>Real</b>" <77>' });
  expect((await shown) - began).toBeLessThan(200);
  await entered;

  await page.getByRole('tab', { name: 'Objects' }).click();
  await page.getByRole('button', { name: /^Try an operation on Local\/wait@default-\w+;1/ }).click();
  expect(await page.getByLabel('channelId').inputValue()).toBe(channel.id);
  const operations = page.getByRole('navigation', { name: 'Operations' });
  await operations.getByRole('button', { name: 'DELETE hangup', exact: true }).click();
  const over = channel.waitFor('ChannelDestroyed', { timeoutMs: 10_000 });
  await page.getByRole('button', { name: 'Send …' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Send it' }).click();
  await over;
  await page.getByRole('tab', { name: 'Live' }).click();
  await page.locator('.row').filter({ hasText: 'channels.hangup' }).first().waitFor();
  expect(await explorer.stop()).toBe(0);
  expect((await client.applications.list()).map(({ name }) => name)).toEqual(['explored']);
});

it('the explorer shows what a user who may only read can see', async () => {
  const { url, readOnly } = asterisk();
  if (readOnly === undefined) return;
  await using explorer = Program.on({ url, ...readOnly }, '--read-only');
  await using opened = await open(browser, await explorer.address());
  const { page } = opened;
  await page.getByRole('tab', { name: 'Objects' }).click();
  await page.getByRole('cell', { name: 'loop' }).first().waitFor();
});
