import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiDocuments, ResourceDocument, ResourceListing } from './documents.js';
import { AriError } from '../../errors/ari-error.js';
import { packageRoot } from './package-root.js';

/** The folder with the documents of a release's branch: `22.10.1` lies in `dist/api-docs/v22`, as it is published. */
export function documentFolder(release: string): string {
  const root = join(packageRoot(), 'dist/api-docs');
  const folder = join(root, `v${release.split('.')[0]}`);
  if (existsSync(join(folder, 'resources.json'))) return folder;
  const known = existsSync(root) ? readdirSync(root).filter((name) => /^v\d+$/.test(name)) : [];
  throw new AriError(`No API documents for Asterisk ${release}; there are those of ${known.join(', ') || 'no branch'}`);
}

/** The release that a version means: that of the branch's documents where it is a branch alone. */
export function releaseOf(version: string): string {
  if (version.includes('.')) return version;
  const { release } = readJson(join(documentFolder(version), 'release.json')) as { readonly release: string };
  return release;
}

/** Reads the documents that a folder's `resources.json` lists. */
export function loadDocuments(folder: string): ApiDocuments {
  const listing = readJson(join(folder, 'resources.json')) as ResourceListing;
  const resources = new Map<string, ResourceDocument>();
  for (const { path } of listing.apis) {
    const name = path.replace('/api-docs/', '').replace('.{format}', '');
    resources.set(name, readJson(join(folder, `${name}.json`)) as ResourceDocument);
  }
  return { listing, resources };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new AriError(`The API document ${path} cannot be read`, { cause });
  }
}
