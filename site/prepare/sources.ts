import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, posix, resolve } from 'node:path';
import { asPage, isFolder, pageOf } from './links.ts';
import { REPOSITORY } from './paths.ts';
import { writePage } from './write-page.ts';

/** Not of the repository, though in its folders. */
const NOT_SOURCES = /^(node_modules|dist|pages|entries|package-lock\.json)$/;

/**
 * Makes pages of the files and folders that documents link to, and of what those link to: an example is read where it is
 * spoken of, and no link leads out of the site.
 */
export function writeSources(linked: readonly string[]): void {
  const seen = new Set<string>();
  const open = [...linked];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path) || /^docs\/[^/]+\.md$/.test(path)) continue;
    seen.add(path);
    open.push(...(isFolder(path) ? writeFolder(path) : writeFile(path)));
  }
}

/** A folder's page has its README, and what is in it. */
function writeFolder(path: string): readonly string[] {
  const names = readdirSync(resolve(REPOSITORY, path)).filter((name) => !NOT_SOURCES.test(name));
  const readme = posix.join(path, 'README.md');
  const about = existsSync(resolve(REPOSITORY, readme)) ? asPage(read(readme), readme) : undefined;
  const shown = path.startsWith('examples') ? names.filter((name) => name !== 'README.md') : [];
  const list = names.map((name) => {
    if (!shown.includes(name)) return `- \`${name}\``;
    const target = pageOf(posix.join(path, name));
    return `- [\`${name}\`](${posix.relative(posix.dirname(pageOf(path)), target)})`;
  });
  const text = `${about?.text ?? `# ${path}`}\n\n## Files\n\n${list.join('\n')}\n`;
  writePage(pageOf(path), text, { title: path, search: false });
  return [...(about?.linked ?? []), ...shown.map((name) => posix.join(path, name))];
}

function writeFile(path: string): readonly string[] {
  if (path.endsWith('.md')) {
    const { text, linked } = asPage(read(path), path);
    writePage(pageOf(path), text, { search: false });
    return linked;
  }
  const language = extname(path).slice(1) || 'text';
  writePage(pageOf(path), `# ${path}\n\n\`\`\`\`${language}\n${read(path).trimEnd()}\n\`\`\`\`\n`, {
    title: path,
    search: false,
  });
  return [];
}

function read(path: string): string {
  return readFileSync(resolve(REPOSITORY, path), 'utf8');
}
