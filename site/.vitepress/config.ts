import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitepress';
import { anchor } from '../prepare/reference/markdown.ts';
import { diagrams } from './diagrams.ts';
import { writeTexts } from './texts.ts';

const navigation = JSON.parse(readFileSync(new URL('../pages/navigation.json', import.meta.url), 'utf8'));

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" stroke="#3451b2" stroke-width="2.4" stroke-linecap="round"><path d="M8 2v12M2.8 5l10.4 6M2.8 11 13.2 5"/></svg>';

export default defineConfig({
  lang: 'en-GB',
  title: 'asterisk-ari',
  description: 'A typed, asynchronous SDK for the Asterisk REST Interface (ARI)',
  // A host that serves it under a path gives that: /asterisk-ari/
  base: process.env['DOCS_BASE'] ?? '/',
  head: [['link', { rel: 'icon', href: `data:image/svg+xml,${encodeURIComponent(icon)}` }]],
  srcDir: 'pages',
  outDir: 'dist',
  cacheDir: 'node_modules/.cache/vitepress',
  metaChunk: true,
  markdown: {
    // Headings are linked to as on GitHub, and nothing in braces is an attribute.
    anchor: { slugify: anchor },
    attrs: { disable: true },
    config: diagrams,
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Documentation', link: navigation.documents[0].items[0].link, activeMatch: '^/(?!api/|reference/)' },
      { text: 'Operations', link: '/reference/operations' },
      { text: 'Events', link: '/reference/events' },
      { text: 'API', link: '/api/', activeMatch: '^/api/' },
    ],
    sidebar: { '/': navigation.documents, '/api/': navigation.api },
  },
  // The index of the search is one piece, loaded by whoever searches.
  vite: { build: { chunkSizeWarningLimit: 2000 } },
  buildEnd: writeTexts,
});
