import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { PAGES } from './paths.ts';

/** What VitePress is told of a page. */
export interface Frontmatter {
  readonly title?: string;
  readonly layout?: string;
  /** Whether the search finds it; it does if not said. */
  readonly search?: boolean;
  readonly outline?: readonly [number, number];
  /** A class for the style of the page. */
  readonly pageClass?: string;
  readonly hero?: unknown;
}

/** Writes a page of the site, from its root: `reference/events.md`. */
export function writePage(path: string, text: string, frontmatter: Frontmatter = {}): void {
  const file = resolve(PAGES, path);
  mkdirSync(dirname(file), { recursive: true });
  const head = Object.keys(frontmatter).length === 0 ? '' : `---\n${JSON.stringify(frontmatter)}\n---\n\n`;
  writeFileSync(file, head + text);
}
