import type { Operation } from '../contract/operation.js';
import { AriConnectionError } from '../errors/connection-error.js';
import { errorFromStatus } from '../errors/from-status.js';
import { AriHttpError } from '../errors/http-error.js';
import { AriProtocolError } from '../errors/protocol-error.js';
import { AriTimeoutError } from '../errors/timeout-error.js';
import { UnauthorizedError } from '../errors/unauthorized-error.js';
import type { ClientCore } from '../contract/client-core.js';
import type { RequestOptions } from '../contract/request-options.js';
import { mustBe } from '../support/describe.js';
import type { Credentials } from './options.js';

/** Asked once when a client connects. Part of every Asterisk with ARI, so not of any bindings. */
const getInfo: Operation = {
  name: 'asterisk.getInfo',
  method: 'GET',
  path: '/asterisk/info',
  params: { only: { in: 'query', type: 'string', list: true } },
  returns: { kind: 'data', shape: 'object' },
};

/**
 * Asks the server for its release: proof that it is there and knows us.
 * @throws {AriProtocolError} if what it says is none
 */
export async function probeServer(core: ClientCore, options: RequestOptions): Promise<string | undefined> {
  const info = await core.invoke<{ system?: { version?: unknown } | null }>(getInfo, { only: 'system' }, options);
  const version = info.system?.version;
  if (version !== undefined && typeof version !== 'string') {
    const what = mustBe('a string', version);
    throw new AriProtocolError(`${getInfo.name}: the answer is not as described: system.version ${what}`);
  }
  return version;
}

/** Says which of URL, user or password is wrong; anything else stays as it is. */
export function explainProbe(error: unknown, { url, username }: Credentials): unknown {
  if (error instanceof UnauthorizedError) {
    return errorFromStatus(error, `${url} refuses the user '${username}' with this password (401)`);
  }
  if (error instanceof AriHttpError && error.status === 404) {
    const hint = 'is the prefix of http.conf part of the URL, and ARI enabled in ari.conf?';
    return errorFromStatus(error, `${url} answers, but has no ARI (404 ${error.serverMessage}): ${hint}`);
  }
  if (error instanceof AriConnectionError && !(error instanceof AriTimeoutError)) {
    return new AriConnectionError(`no Asterisk at ${url}: ${error.message}`, error.delivery, { cause: error.cause });
  }
  return error;
}
