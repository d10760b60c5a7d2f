import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readDescriptions } from '../describe/read.js';
import type { Descriptions } from '../describe/schema.js';
import { CodegenError } from '../errors.js';
import { loadDirectory } from './directory.js';
import { readReleaseFile } from './release-file.js';
import { releaseNumbers } from './release.js';
import type { Sources } from './types.js';

/** A branch whose documents come with the package. */
export interface BundledBranch {
  readonly major: number;
  readonly release: string;
  readonly path: string;
}

/** Beside the compiled code in the package; at the root of the repository for code that runs from its sources. */
const FOLDERS = ['../api-docs', '../../api-docs'];

/** The bundled branches, oldest first. */
export function bundledBranches(): readonly BundledBranch[] {
  const folder = bundledFolder();
  return readdirSync(folder)
    .filter((name) => /^v\d+$/.test(name))
    .map((name) => ({ major: Number(name.slice(1)), path: join(folder, name) }))
    .toSorted((a, b) => a.major - b.major)
    .map(({ major, path }) => {
      const release = readReleaseFile(path)?.release;
      if (release === undefined)
        throw new CodegenError('release.json is missing: this installation is broken', {
          file: path,
        });
      return { major, release, path };
    });
}

/** The descriptions that come with the package: our words, for all branches. */
export function bundledDescriptions(): Descriptions {
  return readDescriptions(join(bundledFolder(), 'descriptions'));
}

function bundledFolder(): string {
  const folder = FOLDERS.map((path) => fileURLToPath(new URL(path, import.meta.url))).find((path) => existsSync(path));
  if (folder === undefined) throw new CodegenError('the bundled api-docs are missing: this installation is broken');
  return folder;
}

/** Loads a bundled branch by its number, or by exactly the release that is bundled. */
export async function loadBundled(version: string): Promise<Sources> {
  const branch = findBundled(version);
  const sources = await loadDirectory(branch.path, branch.release);
  return { ...sources, origin: `Asterisk ${branch.release} (bundled)` };
}

/** The bundled branch that a version names. */
function findBundled(version: string): BundledBranch {
  const branches = bundledBranches();
  const wanted = version.trim().replace(/^v/i, '');
  const found = branches.find(({ major, release }) => wanted === String(major) || wanted === release);
  if (found) return found;

  const known = `bundled: ${branches.map(({ major, release }) => `${major} (${release})`).join(', ')}`;
  if (!/^\d+(\.\d+){0,2}([-.]\w+)*$/.test(wanted) && !wanted.startsWith('certified')) {
    throw new CodegenError(`'${version}' is not a version of Asterisk; ${known}`);
  }
  const near = branches.find(({ major }) => major === releaseNumbers(wanted)?.major);
  throw new CodegenError(
    `the documents of Asterisk ${wanted} are not bundled; ${known}. ` +
      `${near ? `Use ${near.major} for release ${near.release}, or give` : 'Give'} the documents of that very release: ` +
      '--url URL takes them from a running server, --api-docs DIR from the folder rest-api of its sources',
  );
}
