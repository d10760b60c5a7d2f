import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crawl, type Crawl } from './crawl.ts';
import { serve, SITE } from './serve.ts';

const docs = resolve(import.meta.dirname, '../../docs');
const files = readdirSync(SITE, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
const htmlFiles = files.filter((name) => name.endsWith('.html') && name !== '404.html');

let site: Awaited<ReturnType<typeof serve>>;
let browser: Browser;

beforeAll(async () => {
  site = await serve();
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    // Who is root, as in a container, has no sandbox.
    chromiumSandbox: process.getuid?.() !== 0,
  });
});

afterAll(async () => {
  await browser?.close();
  site?.close();
});

describe('every page', () => {
  let found: Crawl;

  beforeAll(async () => {
    found = await crawl(browser, site.origin, 3);
  }, 180_000);

  it('is reached by links from the first one', () => {
    const reached = new Set([...found.pages.keys()].map((path) => path.slice(1).replace(/(^|\/)$/, '$1index.html')));
    expect(htmlFiles.filter((name) => !reached.has(name))).toEqual([]);
  });

  it('has only links that lead somewhere, to the very heading', () => {
    const dead = [...found.pages.values()].flatMap(({ path, links }) =>
      links.filter((link) => !leadsSomewhere(link, found)).map((link) => `${path} → ${link}`),
    );
    expect(dead).toEqual([]);
  });

  it('loads nothing from elsewhere, and nothing in it fails', () => {
    expect(found.complaints).toEqual([]);
  });

  it('fits a phone', () => {
    expect([...found.pages.values()].filter(({ excess }) => excess > 0).map(({ path }) => path)).toEqual([]);
  });

  it('is there as Markdown too', () => {
    expect(htmlFiles.filter((name) => !existsSync(resolve(SITE, name.replace(/html$/, 'md'))))).toEqual([]);
  });
});

it('has a page for every document', () => {
  const documents = readdirSync(docs).filter((name) => name.endsWith('.md'));
  expect(documents.filter((name) => !htmlFiles.includes(name.replace(/md$/, 'html')))).toEqual([]);
});

it('finds what is searched for, and goes there', async () => {
  const page = await browser.newPage();
  await page.goto(`${site.origin}/`);
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('searchbox').fill('originateWithId');
  await page.getByRole('option').filter({ hasText: 'All operations' }).first().click();
  await page.waitForURL(/reference\/operations\.html#channels/);
  await page.close();
});

it('draws its diagrams in the colours of the page', async () => {
  const fences = readFileSync(resolve(docs, 'concepts.md'), 'utf8').match(/^```mermaid$/gm) ?? [];
  const colours = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ colorScheme });
    await page.goto(`${site.origin}/concepts.html`);
    const texts = page.locator('.diagram svg text');
    expect(await page.locator('.diagram svg').count()).toBe(fences.length);
    colours.push(await texts.first().evaluate((text) => getComputedStyle(text).fill));
    await page.close();
  }
  expect(fences.length).toBeGreaterThanOrEqual(3);
  expect(new Set(colours).size).toBe(2);
});

it('lists its pages for language models, and gives them whole', () => {
  const list = readFileSync(resolve(SITE, 'llms.txt'), 'utf8');
  const linked = [...list.matchAll(/^- \[.+\]\(\/(.+\.md)\)$/gm)].map(([, path = '']) => path);
  expect(linked.filter((path) => !existsSync(resolve(SITE, path)))).toEqual([]);
  expect(linked).toContain('flows.md');
  expect(linked).toContain('api/asterisk-ari/Channel.md');
  const whole = readFileSync(resolve(SITE, 'llms-full.txt'), 'utf8');
  for (const name of ['flows.md', 'reference/events.md']) {
    expect(whole).toContain(readFileSync(resolve(SITE, name), 'utf8').trim());
  }
});

function leadsSomewhere(link: string, { pages }: Crawl): boolean {
  const [path = '', anchor = ''] = link.split('#');
  const page = pages.get(path);
  return page?.status === 200 && (anchor === '' || page.anchors.has(decodeURIComponent(anchor)));
}
