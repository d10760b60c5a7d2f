/** An entry of the sidebar. */
export interface Item {
  readonly text: string;
  /** The page, from the root of the site: `/flows`. */
  readonly link?: string;
  readonly items?: readonly Item[];
  readonly collapsed?: boolean;
}

/** Where each document of docs/ stands, by its file's name. One that is not there is left out. */
const GROUPS: readonly { readonly text: string; readonly documents: readonly string[] }[] = [
  {
    text: 'Start',
    documents: ['getting-started', 'asterisk-setup', 'concepts', 'project-structure', 'examples'],
  },
  {
    text: 'Guides',
    documents: [
      'events-and-objects',
      'errors',
      'reconnection',
      'rest-over-websocket',
      'network',
      'raw-requests',
      'bindings',
      'testing',
      'flows',
      'media',
      'outbound',
      'nats',
      'nats-px',
      'observability',
      'trace',
      'explorer',
    ],
  },
  {
    text: 'Production',
    documents: [
      'production',
      'deploying',
      'security',
      'performance',
      'capacity',
      'faults',
      'bug-reports',
      'troubleshooting',
      'support-policy',
      'package-size',
      'options',
      'faq',
    ],
  },
  { text: 'Coming from', documents: ['from-ari-py', 'from-ari-client'] },
];

/** The sidebar's groups of documents. A document that is in no group would be found by nobody: that is an error. */
export function groupsOf(titles: ReadonlyMap<string, string>): readonly Item[] {
  const known = new Set(GROUPS.flatMap(({ documents }) => documents));
  const forgotten = [...titles.keys()].filter((name) => !known.has(name));
  if (forgotten.length > 0) {
    const files = forgotten.map((name) => `docs/${name}.md`).join(', ');
    throw new Error(`${files}: in no group of site/prepare/navigation.ts, so nobody would find it`);
  }
  return GROUPS.map(({ text, documents }) => ({
    text,
    items: documents.flatMap((name) => {
      const title = titles.get(name);
      return title === undefined ? [] : [{ text: title, link: `/${name}` }];
    }),
  })).filter(({ items }) => items.length > 0);
}

/** The file of a page that a link of the navigation leads to: `api/index.md` of `/api/`. */
export function fileOf(link: string): string {
  return `${link.slice(1)}${link.endsWith('/') ? 'index' : ''}.md`;
}
