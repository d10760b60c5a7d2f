import { AriAbortError } from '../errors/abort-error.js';
import { AriConnectionError } from '../errors/connection-error.js';
import { AriHttpError } from '../errors/http-error.js';
import { creationOf } from './creation.js';
import { BareEndpoints } from './bare-endpoints.js';
import { refuse } from './refuse.js';
import type { AriRequest } from './request.js';
import { WebSocketIds } from './websocket-ids.js';

/** So many dialled channels are remembered, the latest ones. */
const maxDialled = 10_000;

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
  /** Paths of channels that were dialled, the latest last. */
  readonly #dialled = new Set<string>();

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
    const undo = this.#webSockets.admit(request);
    const restore = this.#dialled.size > 0 ? this.#create(request) : undefined;
    return (error) => {
      restore?.();
      if (isWithoutEffect(error)) {
        undo?.();
      }
    };
  }

  #dial({ operation, path }: AriRequest): (error: unknown) => void {
    const channel = path.slice(0, -'/dial'.length);
    if (this.#dialled.has(channel)) {
      const why = 'names a channel that was dialled already: dialled twice, it may bring Asterisk down';
      throw refuse(operation, 'channelId', why);
    }
    this.#add(channel);
    return (error) => {
      if (isWithoutEffect(error)) {
        this.#dialled.delete(channel);
      }
    };
  }

  /** A new channel under an id that is in use again. It may have to be dialled before the answer is here. */
  #create(request: AriRequest): (() => void) | undefined {
    const channel = creationOf(request)?.question.path;
    return channel !== undefined && this.#dialled.delete(channel) ? () => this.#add(channel) : undefined;
  }

  #add(channel: string): void {
    this.#dialled.add(channel);
    if (this.#dialled.size > maxDialled) {
      const [oldest] = this.#dialled;
      this.#dialled.delete(oldest as string);
    }
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
