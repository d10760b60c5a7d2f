import type { ListenOptions, Subscription } from '../../contract/subscription.js';
import type { Logger } from '../../support/logger.js';
import type { MalformedMedia } from '../protocol/events.js';
import { Emitter } from '../session/emitter.js';
import type { Media } from '../session/media.js';
import { Arrivals } from './arrivals.js';
import { serverEventNames, type MediaServerEvents } from './server-events.js';

/** What the servers have in common that Asterisk connects to: who is connected, and who is told. */
export abstract class BaseServer implements AsyncDisposable {
  /** @internal Connections that somebody waits for. */
  readonly arrivals = new Arrivals();
  readonly #emitter: Emitter<MediaServerEvents>;
  readonly #logger: Logger;
  readonly #connected = new Set<Media>();
  #isClosing = false;

  constructor(logger: Logger) {
    this.#logger = logger;
    this.#emitter = new Emitter(serverEventNames, logger);
  }

  /** How many channels are connected. */
  get connections(): number {
    return this.#connected.size;
  }

  /**
   * Calls the listener for every event of a type until the subscription is closed.
   * @throws {AriValidationError} if there is no such type
   */
  on<T extends keyof MediaServerEvents>(
    type: T,
    listener: (event: MediaServerEvents[T]) => unknown,
    options?: Pick<ListenOptions, 'signal'>,
  ): Subscription {
    return this.#emitter.on(type, listener, options);
  }

  /** Takes a listener away, however often it was added for the type. */
  off<T extends keyof MediaServerEvents>(type: T, listener: (event: MediaServerEvents[T]) => unknown): void {
    this.#emitter.off(type, listener);
  }

  /** Listens no longer, and closes every connection, upon which Asterisk hangs up; resolves when that is done. */
  async close(): Promise<void> {
    this.#isClosing = true;
    const stopped = this.stopListening();
    await Promise.all(Array.from(this.#connected, (media) => media.close()));
    this.cutRest();
    await stopped;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Takes no more connections, and cuts those that are not anybody's yet; resolves when all are gone. */
  protected abstract stopListening(): Promise<void>;

  /** Cuts what is connected and has never become one for media. */
  protected cutRest(): void {
    // Most have nothing left.
  }

  /** A connection has begun. */
  protected welcome(media: Media): void {
    this.#connected.add(media);
    void media.closed.then(() => this.#connected.delete(media));
    if (this.#isClosing) {
      void media.close();
    } else if (!this.arrivals.arrived(media)) {
      this.#onUnexpected(media);
    }
  }

  /** A connection has failed before it began. */
  protected reject(message: MalformedMedia): void {
    if (!this.#emitter.hears('malformed')) {
      this.#logger.warn(`a connection for media was refused: ${message.reason}`);
    }
    this.#emitter.emit('malformed', message);
  }

  #onUnexpected(media: Media): void {
    if (this.#emitter.hears('media')) {
      this.#emitter.emit('media', media);
      return;
    }
    this.#logger.warn(`nobody waits for the media of channel ${media.info.channelId ?? media.info.channelName}`);
    void media.close();
  }
}
