import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileOf, type Item } from './navigation.ts';
import { REPOSITORY } from './paths.ts';
import { writePage } from './write-page.ts';

/** The first page: what README.md begins with, and where to go from there. */
export function writeHome(groups: readonly Item[]): void {
  const readme = readFileSync(resolve(REPOSITORY, 'README.md'), 'utf8');
  const about = /^# .+\n\n([\s\S]+?)\n\n/.exec(readme)?.[1];
  const hello = /```ts\n[\s\S]+?\n```/.exec(readme)?.[0];
  const install = /^npm install [\w-]+$/m.exec(readme)?.[0];
  if (about === undefined || hello === undefined || install === undefined) {
    throw new Error('README.md does not begin with what the package is, a hello example and how to install it');
  }
  const ways = groups.map(({ text, items = [] }) => {
    const links = items.map(({ text: title, link = '' }) => `[${title}](${fileOf(link)})`);
    return `**${text}:** ${links.join(' · ')}`;
  });
  const text = [about, `\`\`\`sh\n${install}\n\`\`\``, hello, '## Where to go', ...ways, ''].join('\n\n');
  writePage('index.md', text, { layout: 'home', title: 'Asterisk from TypeScript', hero: heroOf(groups) });
}

function heroOf(groups: readonly Item[]): unknown {
  const first = groups[0]?.items?.[0];
  return {
    name: 'asterisk-ari',
    tagline: 'Every operation and every event of the Asterisk REST Interface, typed.',
    actions: [
      { theme: 'brand', text: first?.text ?? 'Read', link: first?.link ?? '/reference/operations' },
      { theme: 'alt', text: 'All operations', link: '/reference/operations' },
      { theme: 'alt', text: 'API reference', link: '/api/' },
    ],
  };
}
