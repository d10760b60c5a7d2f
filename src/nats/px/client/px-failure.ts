import { AriConnectionError } from '../../../errors/connection-error.js';
import { AriProtocolError } from '../../../errors/protocol-error.js';
import type { AriRequest } from '../../../rest/request.js';
import type { AriResponse } from '../../../rest/transport.js';
import { unsupported } from '../to-px.js';

/** What a proxy says while its event connection is interrupted. */
export const isDown = 'ARI connection is down';

/**
 * Asterisk's answer, as far as a proxy's error tells it: the status, and the proxy's words for Asterisk's own.
 * @throws {AriError} what it stands for, if Asterisk has not answered
 */
export function failureOf(request: AriRequest, error: string): AriResponse {
  const { name } = request.operation;
  const [, status] = /Non-2XX response: (\d{3})/.exec(error) ?? (/^not found$/i.test(error) ? ['', '404'] : []);
  if (status !== undefined) {
    return { status: Number(status), contentType: 'application/json', text: JSON.stringify({ message: error }) };
  }
  if (error === isDown) {
    throw new AriConnectionError(`${name} was not sent: the proxy says that its ${isDown}`, 'notSent');
  }
  if (error === 'Not implemented') {
    throw unsupported(request, 'this one has not implemented it');
  }
  if (error.includes('failed to make request')) {
    throw new AriConnectionError(`${name}: ${error}`, 'outcomeUnknown');
  }
  throw new AriProtocolError(`${name}: ari-proxy refuses it: ${error}`);
}
