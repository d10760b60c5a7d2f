import { resolve } from 'node:path';

/** The repository, whose documents, sources and declarations the site is made of. */
export const REPOSITORY = resolve(import.meta.dirname, '../..');

/** The pages that are made of them, in Markdown: what VitePress builds the site from. Nothing of it is kept. */
export const PAGES = resolve(import.meta.dirname, '../pages');
