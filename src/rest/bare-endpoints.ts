import { Latest } from '../support/latest.js';
import { parameterOf } from './creation.js';
import { refuse } from './refuse.js';
import type { AriRequest } from './request.js';

const objectPath = /^\/asterisk\/config\/dynamic\/res_pjsip\/endpoint\/([^/]+)$/;
const messagePath = /^\/endpoints\/pjsip\/([^/]+)\/(?:sendMessage|refer)$/i;

/**
 * Refuses a message to an endpoint that this client has made without `aors`: Asterisk ends when it looks where to send it
 * (22.10.1, each time, with `sendMessage` and with `sendMessageToEndpoint`).
 */
export class BareEndpoints {
  readonly #names = new Latest();

  /**
   * Takes note of a request that is about to be sent.
   * @throws {AriValidationError} if it must not be sent
   */
  admit(request: AriRequest): void {
    const { operation, path, body } = request;
    const made = operation.method === 'PUT' ? nameIn(objectPath, path) : undefined;
    if (made !== undefined) {
      this.#note(made, body);
      return;
    }
    if (this.#names.size === 0 || !path.startsWith('/endpoints/')) {
      return;
    }
    const named = nameIn(messagePath, path);
    const to = /^pjsip:([^/@]+)/i.exec(parameterOf(request, 'to') ?? '')?.[1];
    if (this.#names.has(named ?? to ?? '')) {
      const why = "is an endpoint that was made without 'aors': a message to it ends Asterisk";
      throw refuse(operation, named === undefined ? 'to' : 'resource', why);
    }
  }

  #note(name: string, body: string | undefined): void {
    this.#names.delete(name);
    if (!/"attribute":"aors","value":"[^"]/.test(body ?? '')) {
      this.#names.add(name);
    }
  }
}

function nameIn(pattern: RegExp, path: string): string | undefined {
  const name = pattern.exec(path)?.[1];
  return name === undefined ? undefined : decodeURIComponent(name);
}
