import { readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Comment, ProjectReflection } from 'typedoc';
import { groupBy } from '../group-by.ts';
import type { Item } from '../navigation.ts';
import { PAGES } from '../paths.ts';
import { cell, code, table } from '../reference/markdown.ts';
import { writePage } from '../write-page.ts';
import { anchorOf } from './anchors.ts';
import { convert } from './convert.ts';
import { readEntries, type Entry, type Export } from './exports.ts';
import { groupsOf, mainOf } from './groups.ts';
import { writeWrappers } from './wrappers.ts';

/** Makes the reference of every public entry, and tells what the sidebar has of it. */
export async function writeApi(): Promise<readonly Item[]> {
  const entries = readEntries();
  const project = await convert(writeWrappers(entries), resolve(PAGES, 'api'));
  for (const entry of entries) {
    for (const { name } of groupsOf(entry)) finish(entry, name);
    writePage(`api/${entry.specifier}/index.md`, overview(entry, entries, project), { search: !entry.isOfBranch });
  }
  rmSync(resolve(PAGES, 'api/README.md'));
  writePage('api/index.md', contents(entries));
  return [{ text: 'API reference', link: '/api/' }, ...entries.map(sidebarOf)];
}

/** Gives a page that typedoc wrote a title, and tells where its names are imported from. */
function finish(entry: Entry, name: string): void {
  const path = `api/${entry.specifier}/${name}.md`;
  const written = readFileSync(resolve(PAGES, path), 'utf8');
  const body = written
    .slice(written.indexOf('\n\n') + 2)
    .replaceAll('`string` & `object`', '`string`')
    .replaceAll('| - |', '| |');
  const text = `# ${titleOf(entry, name)}\n\nOf [\`${entry.specifier}\`](index.md).\n\n${body}`;
  writePage(path, text, { search: !entry.isOfBranch, outline: [2, 4], pageClass: 'reference' });
}

function titleOf({ specifier }: Entry, name: string): string {
  if (name === specifier.split('/').at(-1)) return specifier;
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Everything that an entry exports, with a sentence for each, and the page that says more. */
function overview(entry: Entry, entries: readonly Entry[], project: ProjectReflection): string {
  const shared = groupBy(
    entry.exports.filter(({ first }) => first !== undefined),
    ({ first }) => first ?? '',
  );
  const own = groupsOf(entry).flatMap(({ name, exports }) => {
    const rows = exports
      .filter(({ isPart }) => isPart !== true)
      .map((item) => [
        linkTo(item, `${entry.specifier}/${name}`, `${name}.md`, project),
        sentenceOf(item, `${entry.specifier}/${name}`, project),
      ]);
    return rows.length === 0 ? [] : [`## ${titleOf(entry, name)}`, table(['Name', 'What it is'], rows)];
  });
  const also = [...shared].flatMap(([first, exports]) => [
    `## The same as in ${first}`,
    exports
      .map(({ name }) => {
        const owner = entries.find(({ specifier }) => specifier === first);
        const group =
          owner && groupsOf(owner).find((candidate) => candidate.exports.some((item) => item.name === name));
        const depth = '../'.repeat(entry.specifier.split('/').length);
        return linkTo({ name }, `${first}/${group?.name}`, `${depth}${first}/${group?.name}.md`, project);
      })
      .join(', '),
  ]);
  return [`# ${entry.specifier}`, ...own, ...also, ''].join('\n\n');
}

function linkTo({ name }: Pick<Export, 'name'>, page: string, file: string, project: ProjectReflection): string {
  const reflection = project.getChildByName([page, name]);
  if (reflection === undefined) throw new Error(`${name} is nowhere in the reference: it should be on ${page}`);
  return `[${code(name)}](${file}#${anchorOf(reflection)})`;
}

/** The first sentence of what is said of it. */
function sentenceOf({ name }: Export, page: string, project: ProjectReflection): string {
  const reflection = project.getChildByName([page, name]);
  const comment: Comment | undefined =
    reflection?.comment ?? (reflection?.isDeclaration() ? reflection.signatures?.[0]?.comment : undefined);
  const text = (comment?.summary ?? []).map((part) => part.text).join('');
  return cell(/^[\s\S]*?[.:](?=\s|$)/.exec(text)?.[0].replace(/:$/, '.') ?? text);
}

function contents(entries: readonly Entry[]): string {
  const rows = entries.map(({ specifier, exports }) => [
    `[${code(specifier)}](${specifier}/index.md)`,
    String(exports.length),
  ]);
  return [
    '# API reference',
    'What each entry of the package exports, made of the declarations that it comes with. `asterisk-ari` has the bindings of the newest LTS branch of Asterisk; those of other branches have the same form, with the operations and events of their Asterisk.',
    table(['Entry', 'Exports'], rows, ['---', '--:']),
    '',
  ].join('\n\n');
}

function sidebarOf(entry: Entry): Item {
  const base = `/api/${entry.specifier}/`;
  const item = (name: string): Item => ({ text: titleOf(entry, name), link: base + name });
  const names = groupsOf(entry).map(({ name }) => name);
  const rooms = names.filter((name) => name !== mainOf(entry.specifier) && !/^[A-Z]/.test(name));
  const main = names.includes(mainOf(entry.specifier)) ? [item(mainOf(entry.specifier))] : [];
  const bindings = names.filter((name) => /^[A-Z]/.test(name)).toSorted();
  return {
    text: entry.specifier,
    link: base,
    collapsed: entry.specifier !== 'asterisk-ari',
    items: [...main, ...rooms.map(item), ...bindings.map(item)],
  };
}
