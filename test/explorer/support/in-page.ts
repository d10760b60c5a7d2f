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

/** What makes the page wider than its window: what ends or begins beside it and is in no box that scrolls to it. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const { clientWidth } = document.documentElement;
    // Whatever is placed out of the flow is cut only by a box that is placed itself.
    const isBoxed = (element) => {
      let isOut = getComputedStyle(element).position === 'absolute';
      for (let box = element.parentElement; box !== document.body; box = box.parentElement) {
        const { position, overflowX } = getComputedStyle(box);
        if (isOut && position === 'static') continue;
        if (overflowX !== 'visible') return true;
        isOut = position === 'absolute';
      }
      return false;
    };
    const isBeside = (element) => {
      const { left, right } = element.getBoundingClientRect();
      return (left < -0.5 || right > clientWidth + 0.5) && !isBoxed(element);
    };
    const name = (element) => {
      const { left, right } = element.getBoundingClientRect();
      const { tagName, className, textContent } = element;
      return \`\${tagName}.\${className} from \${left} to \${right}: \${textContent.slice(0, 40)}\`;
    };
    const found = [...document.body.querySelectorAll('#app *')].filter(isBeside).map(name);
    const { scrollWidth } = document.documentElement;
    return scrollWidth > clientWidth && found.length === 0 ? [\`the page: \${scrollWidth} pixels\`] : found;
  })()`);
}

/** Which of these elements do not show all that is in them. */
export function cutOff(page: Page, selector: string): Promise<string[]> {
  return page.evaluate<string[]>(`[...document.querySelectorAll(${JSON.stringify(selector)})]
    .filter(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
      scrollWidth > clientWidth || scrollHeight > clientHeight)
    .map(({ textContent }) => textContent)`);
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
