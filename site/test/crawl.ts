import type { Browser, BrowserContext, Page } from 'playwright-core';

/** A page as the browser shows it. */
export interface Visited {
  /** `/reference/events.html` */
  readonly path: string;
  readonly status: number;
  /** What it links to within the site, as `/path#anchor`. */
  readonly links: readonly string[];
  readonly anchors: ReadonlySet<string>;
  /** How many pixels it is wider than a phone. */
  readonly excess: number;
}

export interface Crawl {
  readonly pages: ReadonlyMap<string, Visited>;
  /** What the browser complained of, and what pages asked other hosts for. */
  readonly complaints: readonly string[];
}

/** A phone, upright. */
const PHONE = { width: 390, height: 844 };

/** Follows every link of the site from its first page on, with a few tabs at a time. */
export async function crawl(browser: Browser, origin: string, tabs: number): Promise<Crawl> {
  const pages = new Map<string, Visited>();
  const complaints: string[] = [];
  const seen = new Set(['/']);
  let open = ['/'];
  const context = await browser.newContext({ viewport: PHONE });
  const workers = await Promise.all(Array.from({ length: tabs }, () => newTab(context, origin, complaints)));
  while (open.length > 0) {
    const paths = open.toReversed();
    open = [];
    await Promise.all(
      workers.map(async (tab) => {
        for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
          const visited = await visit(tab, origin, path);
          pages.set(path, visited);
          for (const link of visited.links) {
            const target = link.replace(/#.*/, '');
            if (seen.has(target)) continue;
            seen.add(target);
            open.push(target);
          }
        }
      }),
    );
  }
  await context.close();
  return { pages, complaints };
}

async function newTab(context: BrowserContext, origin: string, complaints: string[]): Promise<Page> {
  const page = await context.newPage();
  const complain = (what: string): void => void complaints.push(`${page.url().replace(origin, '')}: ${what}`);
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complain(message.text());
  });
  page.on('pageerror', (error) => complain(error.message));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith('data:')) complain(`asks for ${url}`);
  });
  return page;
}

async function visit(page: Page, origin: string, path: string): Promise<Visited> {
  const response = await page.goto(origin + path, { waitUntil: 'load' });
  const status = response?.status() ?? 0;
  // What is no page has no application that could come to life.
  const isPage = status === 200 && (await response?.headerValue('content-type')) === 'text/html';
  if (!isPage) return { path, status, links: [], anchors: new Set(), excess: 0 };
  await page.waitForFunction(() => '__vue_app__' in (document.querySelector('#app') ?? {}));
  const { hrefs, anchors, excess } = await page.evaluate(() => ({
    hrefs: Array.from(document.querySelectorAll<HTMLAnchorElement>('a[href]'), ({ href }) => href),
    anchors: Array.from(document.querySelectorAll('[id]'), ({ id }) => id),
    excess: document.documentElement.scrollWidth - window.innerWidth,
  }));
  const links = hrefs.filter((href) => href.startsWith(`${origin}/`)).map((href) => href.slice(origin.length));
  return { path, status, links: [...new Set(links)], anchors: new Set(anchors), excess };
}
