/** Serves the site as it is being written: what changes in docs/ shows at once. What is generated wants a new start. */
import './prepare/main.ts';
import { watch } from 'node:fs';
import { resolve } from 'node:path';
import { createServer } from 'vitepress';
import { writeDocuments } from './prepare/documents.ts';
import { REPOSITORY } from './prepare/paths.ts';

const server = await createServer(import.meta.dirname);
await server.listen();
server.printUrls();
watch(resolve(REPOSITORY, 'docs'), () => {
  try {
    writeDocuments();
  } catch (error) {
    // A link to what is yet to be written, for instance: the page stays as it was.
    console.error(error);
  }
});
