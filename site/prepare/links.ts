import { existsSync, statSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import { REPOSITORY } from './paths.ts';

/** The page of the site that shows a file or folder of the repository: `flows.md`, `source/examples/queue.ts.md`. */
export function pageOf(path: string): string {
  const document = /^docs\/([^/]+\.md)$/.exec(path)?.[1];
  if (document !== undefined) return document;
  const source = posix.join('source', path);
  if (isFolder(path)) return `${source}/index.md`;
  return source.endsWith('.md') ? source : `${source}.md`;
}

export function isFolder(path: string): boolean {
  return statSync(resolve(REPOSITORY, path)).isDirectory();
}

/** Calls back for the target of every relative link of a text of the repository, and puts what is returned in its place. */
export function mapLinks(text: string, file: string, map: (path: string, anchor: string) => string): string {
  return outsideCode(text, (line) =>
    line.replaceAll(/\]\(([^()\s]+)\)/g, (whole, target: string) => mapped(whole, target)),
  );

  function mapped(whole: string, target: string): string {
    if (/^(\w+:|#|\/\/)/.test(target)) return whole;
    const [relative = '', anchor = ''] = target.split('#');
    const path = posix.join(posix.dirname(file), relative).replace(/\/$/, '');
    if (path.startsWith('..') || !existsSync(resolve(REPOSITORY, path))) {
      throw new Error(`${file} links to ${target}, which is not there`);
    }
    return `](${map(path, anchor === '' ? '' : `#${anchor}`)})`;
  }
}

/** The text as a page of the site: its links lead to pages. Tells which files it leads to. */
export function asPage(text: string, file: string): { readonly text: string; readonly linked: readonly string[] } {
  const linked: string[] = [];
  const from = posix.dirname(pageOf(file));
  const withLinks = mapLinks(text, file, (path, anchor) => {
    linked.push(path);
    return posix.relative(from, pageOf(path)) + anchor;
  });
  return { text: withoutHtml(withLinks), linked };
}

/** Comments are for the tests of documents, and whatever else looks like a tag is meant as it stands. */
function withoutHtml(text: string): string {
  const withoutComments = text.replaceAll(/^ *<!--(?:(?!-->)[\s\S])*-->\n+/gm, '');
  return outsideCode(withoutComments, (line) =>
    line.replaceAll(/(`+)[^`]*\1|<(?!https?:)(?=[\w/])/g, (found) => (found === '<' ? '&lt;' : found)),
  );
}

/** Changes the lines that are in no fence. */
function outsideCode(text: string, change: (line: string) => string): string {
  let isCode = false;
  return text
    .split('\n')
    .map((line) => {
      if (/^\s*(```|~~~)/.test(line)) isCode = !isCode;
      return isCode ? line : change(line);
    })
    .join('\n');
}
