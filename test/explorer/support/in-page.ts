import type { Page } from 'playwright-core';

// What runs in the page is text here: the types of the browser are no part of these tests' program.

/** Resolves with the time at which a text is first shown in the list of calls. */
export function whenShown(page: Page, text: string): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!document.querySelector('.calls')?.textContent.includes(${JSON.stringify(text)})) return;
      observer.disconnect();
      resolve(Date.now());
    });
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  })`);
}

/** Has the program cut the page's WebSocket, by sending over it what makes no sense. */
export async function breakConnection(page: Page): Promise<void> {
  await page.evaluate(`(() => {
    const { send } = WebSocket.prototype;
    WebSocket.prototype.send = function () {
      WebSocket.prototype.send = send;
      send.call(this, 'nonsense');
    };
  })()`);
}

/** What axe objects to: its rules, each with the elements. */
export async function axeFaults(page: Page, axe: string): Promise<unknown> {
  await page.addScriptTag({ content: axe });
  return page.evaluate(`axe.run().then(({ violations }) =>
    violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))]))`);
}

/** Whether whatever has the focus shows it. */
export function focusOutline(page: Page): Promise<string> {
  return page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle');
}

/** How wide the page is, in pixels. */
export function pageWidth(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth');
}

/** What scrolling through the whole ladder takes. */
export interface Scrolled {
  /** Milliseconds of each frame. */
  readonly frames: readonly number[];
  /** Most rows that were drawn at a time. */
  readonly rows: number;
  readonly hasReachedEnd: boolean;
}

/** Scrolls from the beginning to the end of the ladder, a step a frame. */
export function scrollThrough(page: Page, steps: number): Promise<Scrolled> {
  return page.evaluate<Scrolled>(`(async () => {
    const ladder = document.querySelector('.ladder');
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const frames = [];
    let rows = 0;
    ladder.scrollTop = 0;
    let last = await frame();
    for (let step = 0; step < ${steps}; step += 1) {
      ladder.scrollTop += ladder.scrollHeight / ${steps};
      const now = await frame();
      frames.push(now - last);
      rows = Math.max(rows, document.querySelectorAll('.row').length);
      last = now;
    }
    return { frames, rows, hasReachedEnd: ladder.scrollTop + ladder.clientHeight >= ladder.scrollHeight - 60 };
  })()`);
}
