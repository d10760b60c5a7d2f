import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { asPage } from './links.ts';
import { REPOSITORY } from './paths.ts';
import { writePage } from './write-page.ts';

/** What was made of docs/: the title of each document by its file's name, and the files that they link to. */
export interface Documents {
  readonly titles: ReadonlyMap<string, string>;
  readonly linked: readonly string[];
}

/** Makes a page of each document. */
export function writeDocuments(): Documents {
  const titles = new Map<string, string>();
  const linked: string[] = [];
  for (const file of readdirSync(resolve(REPOSITORY, 'docs')).filter((name) => name.endsWith('.md'))) {
    const page = asPage(readFileSync(resolve(REPOSITORY, 'docs', file), 'utf8'), `docs/${file}`);
    const title = /^# (.+)$/m.exec(page.text)?.[1];
    if (title === undefined) throw new Error(`docs/${file} has no title`);
    titles.set(file.replace(/\.md$/, ''), title.replaceAll('`', ''));
    linked.push(...page.linked);
    writePage(file, page.text);
  }
  return { titles, linked };
}
