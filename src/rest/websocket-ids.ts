import { creationOf, parameterOf } from './creation.js';
import { refuse } from './refuse.js';
import type { AriRequest } from './request.js';

/** So many ids of channels are remembered, the latest ones. */
const maxIds = 10_000;

/**
 * Refuses a WebSocket channel under the id of a channel that this client has made: if that is still there, Asterisk ends
 * (22.10.1, each time, by `externalMedia` and by `originate`). Other channels are refused by Asterisk itself then.
 */
export class WebSocketIds {
  /** Paths of channels, the latest last. */
  readonly #made = new Set<string>();

  /**
   * Takes note of a request that creates a channel. Returns what is to be done if it does not.
   * @throws {AriValidationError} if it must not be sent
   */
  admit(request: AriRequest): (() => void) | undefined {
    const channel = creationOf(request)?.question.path;
    if (channel === undefined) {
      return undefined;
    }
    if (this.#made.has(channel)) {
      if (isWebSocket(request)) {
        const why = 'is of a channel that this client has made: a WebSocket channel under an id in use ends Asterisk';
        throw refuse(request.operation, 'channelId', why);
      }
      return undefined;
    }
    this.#made.add(channel);
    if (this.#made.size > maxIds) {
      const [oldest] = this.#made;
      this.#made.delete(oldest as string);
    }
    return () => this.#made.delete(channel);
  }
}

function isWebSocket(request: AriRequest): boolean {
  const endpoint = parameterOf(request, 'endpoint') ?? '';
  return parameterOf(request, 'transport') === 'websocket' || /^websocket\//i.test(endpoint);
}
