import { copyFile, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { output, remove, runConfined } from './command.js';
import type { Log } from './log.js';

const SCRIPT = fileURLToPath(new URL('./build-mailboxes.sh', import.meta.url));

/**
 * Adds the modules behind ARI's mailboxes, which Debian leaves out. They are compiled in a copy of the
 * folder, so that the folder itself gets no compiler. An Asterisk without mailboxes is worth having
 * too: where the source cannot be fetched any more, that is all that is missing.
 */
export async function addMailboxes(root: string, log: Log, logFile: string): Promise<void> {
  const workshop = `${root}.workshop`;
  try {
    await remove(workshop);
    await output('cp', ['--archive', '--reflink=auto', root, workshop], 120_000);
    await copyFile(SCRIPT, join(workshop, 'tmp', basename(SCRIPT)));
    await runConfined(['chroot', workshop, 'sh', `/tmp/${basename(SCRIPT)}`, '/tmp/modules'], logFile);
    await moveModules(join(workshop, 'tmp/modules'), await modulesFolder(root));
  } catch {
    log(`ARI will have no mailboxes here: their modules could not be built (see ${logFile}).`);
  } finally {
    await remove(workshop);
  }
}

async function moveModules(from: string, to: string): Promise<void> {
  for (const module of await readdir(from)) {
    await copyFile(join(from, module), join(to, module));
  }
}

/** Newer Debians have the architecture in the path. */
async function modulesFolder(root: string): Promise<string> {
  const found = await output('find', [join(root, 'usr/lib'), '-name', 'res_ari.so']);
  return dirname(found);
}
