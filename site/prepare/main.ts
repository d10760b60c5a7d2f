/** Makes the pages of the site, in Markdown, of what the repository has: documents, sources, declarations, interface. */
import { rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { writeApi } from './api/pages.ts';
import { writeDocuments } from './documents.ts';
import { writeHome } from './home.ts';
import { groupsOf, type Item } from './navigation.ts';
import { PAGES } from './paths.ts';
import { readBranches } from './reference/branches.ts';
import { eventsPage } from './reference/events.ts';
import { operationsByBranchPage, operationsPage } from './reference/operations.ts';
import { writeSources } from './sources.ts';
import { writePage } from './write-page.ts';

rmSync(PAGES, { recursive: true, force: true });
const api = await writeApi();
const branches = await readBranches();
writePage('reference/operations.md', operationsPage(branches), { pageClass: 'reference' });
writePage('reference/operations-by-branch.md', operationsByBranchPage(branches));
writePage('reference/events.md', eventsPage(branches));
const { titles, linked } = writeDocuments();
writeSources(linked);
const reference: Item = {
  text: 'Reference',
  items: [
    { text: 'All operations', link: '/reference/operations' },
    { text: 'Operations by branch', link: '/reference/operations-by-branch' },
    { text: 'All events', link: '/reference/events' },
    { text: 'API reference', link: '/api/' },
  ],
};
const groups = [...groupsOf(titles), reference];
writeHome(groups);
writeFileSync(resolve(PAGES, 'navigation.json'), JSON.stringify({ documents: groups, api }, undefined, 2));
