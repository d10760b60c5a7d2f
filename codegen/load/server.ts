import { CodegenError } from '../errors.js';
import { INDEX_FILE, parseResourceIndex } from '../parse/resource-index.js';
import { parseJson } from '../parse/json.js';
import { briefJson } from '../parse/validate.js';
import { Fetcher } from './fetcher.js';
import { releaseGiven, releaseOf, branchOf } from './release.js';
import { serverAddress } from './server-address.js';
import type { Progress, ServerSource, Sources } from './types.js';

/** Loads the documents from a running Asterisk, one after the other: it has few connections to give. */
export async function loadServer(source: ServerSource, progress: Progress = () => {}): Promise<Sources> {
  const address = serverAddress(source);
  const fetcher = new Fetcher(address, source.timeoutMs ?? 10_000);

  progress({ file: INDEX_FILE, done: 0 });
  const index = await fetcher.get(`api-docs/${INDEX_FILE}`);
  const { apiVersion, entries } = parseResourceIndex(index, () => {});
  const total = entries.length + 2;

  progress({ file: 'asterisk/info', done: 1, total });
  const release = releaseGiven(source.release) ?? (await serverRelease(fetcher, apiVersion));

  const files = new Map([[INDEX_FILE, index]]);
  for (const [at, { file }] of entries.entries()) {
    progress({ file, done: at + 2, total });
    files.set(file, await fetcher.get(`api-docs/${file}`));
  }
  progress({ file: '', done: total, total });
  return { origin: address.shown, release, files };
}

/** A build from a repository has a version of its own: then the documents' branch has to do. */
async function serverRelease(fetcher: Fetcher, apiVersion: string): Promise<string> {
  const text = await fetcher.get('asterisk/info?only=system');
  const info = parseJson('asterisk/info', text) as {
    readonly system?: { readonly version?: unknown };
  } | null;
  const version = info?.system?.version;
  const branch = branchOf(apiVersion);
  const release = typeof version === 'string' ? releaseOf(version) : undefined;
  if (release !== undefined) return release;
  if (branch !== undefined) return String(branch);
  throw new CodegenError(`the server's version, ${briefJson(version)}, names no release: say which it is (--release)`);
}
