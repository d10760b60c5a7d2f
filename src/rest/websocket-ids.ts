import { Latest } from '../support/latest.js';
import { parameterOf } from './creation.js';
import { refuse } from './refuse.js';
import type { AriRequest } from './request.js';

/**
 * Refuses a WebSocket channel under the id of a channel that this client has made: if that is still there, Asterisk ends
 * (22.10.1, each time, by `externalMedia` and by `originate`). Other channels are refused by Asterisk itself then.
 */
export class WebSocketIds {
  /** Paths of channels. */
  readonly #made = new Latest();

  /**
   * Takes note of a request that creates a channel. Returns what is to be done if it does not.
   * @param channel its path
   * @throws {AriValidationError} if it must not be sent
   */
  admit(request: AriRequest, channel: string): () => void {
    if (!this.#made.has(channel)) {
      this.#made.add(channel);
      return () => this.#made.delete(channel);
    }
    if (isWebSocket(request)) {
      const why = 'is of a channel that this client has made: a WebSocket channel under an id in use ends Asterisk';
      throw refuse(request.operation, 'channelId', why);
    }
    return () => undefined;
  }
}

function isWebSocket(request: AriRequest): boolean {
  const endpoint = parameterOf(request, 'endpoint') ?? '';
  return parameterOf(request, 'transport') === 'websocket' || /^websocket\//i.test(endpoint);
}
