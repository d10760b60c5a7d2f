import { CodegenError } from '../errors.js';
import { readAddress, type GivenAddress } from '../load/server-address.js';
import type { ServerSource, Source } from '../load/types.js';
import type { GenerateFlags, Io } from './types.js';
import { UsageError } from './usage-error.js';

const SOURCES = '--asterisk-version VERSION, --api-docs DIR or --url URL';

/** How each part of the credentials is given to this program. */
const ways = {
  username: 'no username was given (--username or ARI_USERNAME)',
  password: 'no password was given (ARI_PASSWORD, or --password)',
} as const;

/** The one source that the options name. */
export function sourceOf(flags: GenerateFlags, env: Io['env']): Source {
  const { asteriskVersion, apiDocs, url, release } = flags;
  const given = [asteriskVersion, apiDocs, url].filter((value) => value !== undefined);
  if (given.length === 0) throw new UsageError(`which Asterisk? Give one of ${SOURCES}`);
  if (given.length > 1) throw new UsageError(`only one source can be used: ${SOURCES}`);
  if (url === undefined) refuseServerOptions(flags);

  if (asteriskVersion !== undefined) {
    if (release !== undefined) throw new UsageError('--release goes with --api-docs or --url');
    return { kind: 'bundled', version: asteriskVersion };
  }
  if (apiDocs !== undefined) return { kind: 'directory', path: apiDocs, release };
  return usable({
    kind: 'server',
    url: url ?? '',
    username: flags.username ?? env['ARI_USERNAME'],
    password: flags.password ?? env['ARI_PASSWORD'],
    release,
    timeoutMs: flags.timeout === undefined ? undefined : flags.timeout * 1000,
  });
}

/** A side of `diff`: a version of Asterisk, or else a folder. */
export function sideOf(text: string): Source {
  return /^v?\d+(\.\d+)*$/.test(text) ? { kind: 'bundled', version: text } : { kind: 'directory', path: text };
}

function refuseServerOptions({ username, password, timeout }: GenerateFlags): void {
  const given = Object.entries({ username, password, timeout }).find(([, value]) => value !== undefined);
  if (given) throw new UsageError(`--${given[0]} goes with --url`);
}

/** The same source, if there is a server to be asked and somebody who asks it: otherwise nothing is sent. */
function usable(source: ServerSource): ServerSource {
  const { shown, missing } = addressOf(source);
  if (missing.length > 0) throw new UsageError(`${shown}: ${missing.map((name) => ways[name]).join(', ')}`);
  return source;
}

function addressOf(source: ServerSource): GivenAddress {
  try {
    return readAddress(source);
  } catch (error) {
    throw error instanceof CodegenError ? new UsageError(`--url: ${error.message}`) : error;
  }
}
