import { AriAbortError } from '../errors/abort-error.js';
import { AriConnectionError } from '../errors/connection-error.js';
import { AriHttpError } from '../errors/http-error.js';
import { creationOf } from './creation.js';
import { BareEndpoints } from './bare-endpoints.js';
import { Latest } from '../support/latest.js';
import { refuse } from './refuse.js';
import type { AriRequest } from './request.js';
import { WebSocketIds } from './websocket-ids.js';

/**
 * Refuses what ends the whole of Asterisk after what this client has sent before, although each request by itself is
 * right. That is dialling a channel twice: Asterisk takes the second one while the channel is down, which it is until the
 * first has rung, with some far ends for longer, and again after one that was busy; it then calls the far end once more
 * on the same channel. With a Local channel it dies as soon as that is hung up, time limit or not (22.10.1 and 16.28,
 * nearly every time).
 */
export class FatalSequences {
  readonly #webSockets = new WebSocketIds();
  readonly #endpoints = new BareEndpoints();
  /** Paths of channels that were dialled. */
  readonly #dialled = new Latest();

  /**
   * Takes note of a request that is about to be sent. Returns what is to be done if it fails.
   * @throws {AriValidationError} if it must not be sent
   */
  admit(request: AriRequest): ((error: unknown) => void) | undefined {
    if (request.operation.path === '/channels/{channelId}/dial') {
      return this.#dial(request);
    }
    this.#endpoints.admit(request);
    if (!createsChannel(request)) {
      return undefined;
    }
    const channel = creationOf(request)?.question.path;
    return channel === undefined ? undefined : this.#create(request, channel);
  }

  #dial({ operation, path }: AriRequest): (error: unknown) => void {
    const channel = path.slice(0, -'/dial'.length);
    if (this.#dialled.has(channel)) {
      const why = 'names a channel that was dialled already: dialled twice, it may bring Asterisk down';
      throw refuse(operation, 'channelId', why);
    }
    this.#dialled.add(channel);
    return (error) => {
      if (isWithoutEffect(error)) {
        this.#dialled.delete(channel);
      }
    };
  }

  /** @param channel its path. If it was dialled, it is another one now; it may have to be dialled before the answer is here. */
  #create(request: AriRequest, channel: string): (error: unknown) => void {
    const forget = this.#webSockets.admit(request, channel);
    const wasDialled = this.#dialled.delete(channel);
    return (error) => {
      if (wasDialled) {
        this.#dialled.add(channel);
      }
      if (isWithoutEffect(error)) {
        forget();
      }
    };
  }
}

function createsChannel({ operation: { method, returns } }: AriRequest): boolean {
  return method === 'POST' && returns.kind === 'object' && returns.object === 'Channel';
}

/** Asterisk has refused it, or never got it. A status from 500 on may come from a proxy that knows nothing of it. */
function isWithoutEffect(error: unknown): boolean {
  return (
    (error instanceof AriHttpError && error.status < 500) ||
    ((error instanceof AriConnectionError || error instanceof AriAbortError) && error.delivery === 'notSent')
  );
}
