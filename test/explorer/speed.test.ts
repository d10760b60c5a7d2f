import { startAsterisk } from 'asterisk-ari/testing';
import { expect, it } from 'vitest';
import { launch, open } from './support/browser.js';
import { scrollThrough } from './support/in-page.js';
import { Program } from './support/program.js';

const ENTRIES = 10_000;

it('10,000 entries are scrolled through without a long frame', async () => {
  await using asterisk = await startAsterisk({ journalLimit: 0 });
  await using explorer = Program.on(asterisk);
  const browser = await launch();
  await using opened = await open(browser, await explorer.address());
  const { page } = opened;
  await page.locator('.row').first().waitFor();
  for (let done = 0; done < ENTRIES; done += 500) {
    for (let each = 0; each < 500; each += 1) {
      asterisk.emit({ type: 'ChannelUserevent', eventname: `event ${done + each}`, userevent: {} });
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  await expect
    .poll(async () => Number.parseInt((await page.locator('.shown').textContent()) ?? '', 10), { timeout: 20_000 })
    .toBeGreaterThanOrEqual(ENTRIES);
  const { frames, rows, hasReachedEnd } = await scrollThrough(page, 120);
  await browser.close();
  const sorted = frames.toSorted((a, b) => a - b);
  const [median = 0, slow = 0] = [sorted[60], sorted[113]];
  expect(hasReachedEnd).toBe(true);
  expect(rows).toBeLessThan(90);
  // 16.7 and 33.3 ms on two cores that others used as well; a machine that does something else besides may take longer.
  expect(median).toBeLessThan(34);
  expect(slow).toBeLessThan(100);
});
