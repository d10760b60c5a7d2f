import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { SiteConfig } from 'vitepress';
import { fileOf, type Item } from '../prepare/navigation.ts';

interface Navigation {
  readonly documents: readonly Item[];
  readonly api: readonly Item[];
}

/**
 * Puts every page's Markdown beside its HTML, and for language models `llms.txt`, which lists the pages, and
 * `llms-full.txt`, which has all but the reference of the classes.
 */
export function writeTexts({ srcDir, outDir, pages, site }: SiteConfig): void {
  const navigation = JSON.parse(readFileSync(resolve(srcDir, 'navigation.json'), 'utf8')) as Navigation;
  const texts = new Map(pages.map((page) => [page, textOf(resolve(srcDir, page))]));
  for (const [page, text] of texts) {
    const file = resolve(outDir, page);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const head = `# ${site.title}\n\n> ${site.description}\n`;
  const groups = navigation.documents.map(({ text, items = [] }) => section(text, items, site.base));
  const optional = section('Optional', flat(navigation.api), site.base);
  writeFileSync(resolve(outDir, 'llms.txt'), [head, ...groups, optional].join('\n'));
  const whole = flat(navigation.documents).filter(({ link }) => link !== '/api/');
  writeFileSync(
    resolve(outDir, 'llms-full.txt'),
    [head, ...whole.map(({ link = '' }) => texts.get(fileOf(link)) ?? '')].join('\n'),
  );
}

/** The Markdown of a page without what only VitePress reads. */
function textOf(file: string): string {
  return readFileSync(file, 'utf8').replace(/^---\n[\s\S]*?\n---\n+/, '');
}

function section(title: string, items: readonly Item[], base: string): string {
  const lines = items.map(({ text, link = '' }) => `- [${text}](${base}${fileOf(link)})`);
  return `## ${title}\n\n${lines.join('\n')}\n`;
}

function flat(items: readonly Item[]): readonly Item[] {
  return items.flatMap((item) => [...(item.link === undefined ? [] : [item]), ...flat(item.items ?? [])]);
}
