/**
 * Puts the bundled api-docs where the published packages have them, without the white space that people read them by:
 * in the SDK's `dist/` for the double, and in the generator's, where our descriptions are as well.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const from = join(root, 'api-docs');
const branches = readdirSync(from).filter((name) => /^v\d+$/.test(name));

copy(branches, join(root, 'dist/api-docs'));
copy([...branches, 'descriptions'], join(root, 'codegen/dist/api-docs'));

function copy(folders, to) {
  rmSync(to, { recursive: true, force: true });
  for (const folder of folders) {
    const names = readdirSync(join(from, folder), { recursive: true }).filter((name) => name.endsWith('.json'));
    for (const name of names) {
      const target = join(to, folder, name);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, name === 'release.json' ? releaseText(folder) : compact(folder, name));
    }
  }
}

/** Which release the documents are of, and their checksums as they are here. */
function releaseText(folder) {
  const { release, files } = JSON.parse(readFileSync(join(from, folder, 'release.json'), 'utf8'));
  const sums = Object.keys(files).map((name) => [name, sha256(compact(folder, name))]);
  return JSON.stringify({ release, files: Object.fromEntries(sums) });
}

function compact(folder, name) {
  return JSON.stringify(JSON.parse(readFileSync(join(from, folder, name), 'utf8')));
}

function sha256(text) {
  return createHash('sha256').update(text).digest('hex');
}
