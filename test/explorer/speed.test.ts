import { startAsterisk } from 'asterisk-ari/testing';
import { expect, it } from 'vitest';
import { launch, open } from './support/browser.js';
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
  const { frames, rows, reached } = await page.evaluate(async () => {
    const ladder = document.querySelector('.ladder') as HTMLElement;
    const frames: number[] = [];
    let rows = 0;
    ladder.scrollTop = 0;
    let last = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
    for (let frame = 0; frame < 120; frame += 1) {
      ladder.scrollTop += ladder.scrollHeight / 120;
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      frames.push(now - last);
      rows = Math.max(rows, document.querySelectorAll('.row').length);
      last = now;
    }
    return { frames, rows, reached: ladder.scrollTop + ladder.clientHeight >= ladder.scrollHeight - 60 };
  });
  await browser.close();
  const sorted = frames.toSorted((a, b) => a - b);
  const [median = 0, slow = 0] = [sorted[60], sorted[113]];
  expect(reached).toBe(true);
  expect(rows).toBeLessThan(90);
  // Of 16.7 ms; a machine that does something else besides may take longer.
  expect(median).toBeLessThan(34);
  expect(slow).toBeLessThan(100);
  if (process.env['EXPLORER_FRAMES'] !== undefined)
    process.stdout.write(`frames: median ${median}, 95th ${slow}, ${rows} rows\n`);
});
