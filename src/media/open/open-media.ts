import { setTimeout as sleep } from 'node:timers/promises';
import { AriAbortError } from '../../errors/abort-error.js';
import { AriConnectionError } from '../../errors/connection-error.js';
import type { Delivery } from '../../errors/delivery.js';
import { AriHttpError } from '../../errors/http-error.js';
import { NotFoundError } from '../../errors/not-found-error.js';
import { ObjectGoneError } from '../../errors/object-gone-error.js';
import { AriTimeoutError } from '../../errors/timeout-error.js';
import { AriValidationError } from '../../errors/validation-error.js';
import { checkDuration } from '../../support/check-option.js';
import { uniqueId } from '../../support/unique-id.js';
import type { Media } from '../session/media.js';
import {
  checkClient,
  type ChannelOf,
  type MediaChannel,
  type MediaClient,
  type MediaChannelSnapshot,
} from './client.js';
import { checkOpenOptions, type OpenMediaOptions } from './options.js';
import { chooseWay, type Way } from './way.js';

/** Media, and the channel that it belongs to. */
export type OpenMedia<C extends MediaClient> = Media & {
  /** As it was when it entered the application; put it into a bridge. */
  readonly channel: ChannelOf<C>;
};

/**
 * Makes a channel whose audio comes to this program and goes from it: creates it, connects, and resolves when it is in
 * the application and audio can flow. From then on the two belong together: closing the media hangs the channel up, and
 * hanging the channel up ends the media. What fails on the way leaves no channel behind.
 * @throws {AriValidationError} for options that do not fit together; {AriTimeoutError} if it takes longer than
 *   `timeoutMs`; {ObjectGoneError} if the channel ends before; {AriAbortError} if the signal aborts; {AriHttpError} if
 *   Asterisk refuses; {AriConnectionError}
 */
export async function openMedia<C extends MediaClient>(client: C, options: OpenMediaOptions): Promise<OpenMedia<C>> {
  checkClient(client);
  checkOpenOptions(options);
  const channel = client.channels.handle(options.channelId ?? uniqueId());
  const way = chooseWay(client, channel.id, options);
  const timeoutMs = checkDuration('timeoutMs', options.timeoutMs, 10_000);
  if (options.signal?.aborted) {
    throw givenUp(options.signal, 'notSent');
  }
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), timeoutMs);
  const onAbort = (): void => giveUp.abort();
  options.signal?.addEventListener('abort', onAbort, { once: true });
  const opening = new Opening(client, channel, way, options, giveUp.signal);
  try {
    const { media, snapshot } = await opening.finish();
    watch(media, channel);
    return Object.assign(media, { channel: snapshot as ChannelOf<C> });
  } catch (error) {
    giveUp.abort();
    await opening.undo();
    throw explain(error, opening, options, timeoutMs);
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', onAbort);
  }
}

/** The steps on the way, of which several go on at the same time. */
class Opening {
  /** What is awaited. */
  step = 'externalMedia';
  readonly #channel: MediaChannel;
  readonly #entered: Promise<unknown>;
  readonly #created: Promise<MediaChannelSnapshot>;
  readonly #connected: Promise<Media>;

  constructor(client: MediaClient, channel: MediaChannel, way: Way, options: OpenMediaOptions, signal: AbortSignal) {
    const { app, format, variables } = options;
    this.#channel = channel;
    this.#entered = channel.waitFor('StasisStart', { signal });
    const parameters = { ...way.parameters, app, format, channelId: channel.id, ...(variables && { variables }) };
    this.#created = client.channels.externalMedia(parameters as never, { signal, timeoutMs: 0 });
    this.#connected = way.connect(this.#created, signal);
    for (const promise of [this.#entered, this.#created, this.#connected]) {
      // The first failure is told; the others come of it.
      promise.catch(() => undefined);
    }
  }

  async finish(): Promise<{ readonly media: Media; readonly snapshot: unknown }> {
    await this.#created;
    this.step = 'the connection';
    // A channel that ends before is told by the wait for its StasisStart.
    const media = await Promise.race([this.#connected, this.#entered.then(() => this.#connected)]);
    this.step = 'StasisStart';
    const { channel } = (await this.#entered) as { readonly channel: unknown };
    return { media, snapshot: channel };
  }

  /** Leaves nothing behind, whatever there was. */
  async undo(): Promise<void> {
    const failure = await this.#created.then(
      () => undefined,
      (error: unknown) => error,
    );
    // What Asterisk has refused, or was not sent, is not there; under this id there may be somebody else's.
    if (!(failure instanceof AriHttpError || failure instanceof AriValidationError || isUnsent(failure))) {
      await this.#hangUp(failure === undefined ? [] : lateMs);
    }
    await this.#connected.then((media) => media.close()).catch(() => undefined);
  }

  /** What was given up on its way may yet be made: one looks for it again. */
  async #hangUp(again: readonly number[]): Promise<void> {
    const [delayMs, ...later] = again;
    try {
      await this.#channel.hangup();
    } catch (error) {
      if (error instanceof NotFoundError && delayMs !== undefined) {
        await sleep(delayMs);
        await this.#hangUp(later);
      }
    }
  }
}

/** How long a request that was given up may take to have an effect nevertheless, look by look, in milliseconds. */
const lateMs = [50, 200, 500];

/** When one of the two ends, so does the other; each does so by itself, unless the network is in the way. */
function watch(media: Media, channel: MediaChannel): void {
  const over = new AbortController();
  channel.waitFor('ChannelDestroyed', { signal: over.signal }).then(
    () => media.close(),
    () => undefined,
  );
  void media.closed.then((error) => {
    over.abort();
    return error && channel.hangup().catch(() => undefined);
  });
}

function explain(error: unknown, { step }: Opening, { signal, app }: OpenMediaOptions, timeoutMs: number): unknown {
  const hint = `: does this client run the application ${app}?`;
  if (error instanceof ObjectGoneError) {
    return new ObjectGoneError(error.kind, error.id, `the channel for media ended before its StasisStart${hint}`);
  }
  if (!(error instanceof AriAbortError)) {
    return error;
  }
  if (signal?.aborted) {
    return givenUp(signal, 'outcomeUnknown');
  }
  const message = `media was not open within ${timeoutMs} ms: ${step} was awaited${step === 'StasisStart' ? hint : ''}`;
  return new AriTimeoutError(message, timeoutMs, 'outcomeUnknown');
}

function givenUp({ reason }: AbortSignal, delivery: Delivery): AriAbortError {
  return new AriAbortError('opening media was given up', delivery, { cause: reason });
}

function isUnsent(error: unknown): boolean {
  return (error instanceof AriConnectionError || error instanceof AriAbortError) && error.delivery === 'notSent';
}
