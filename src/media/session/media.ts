import type { Readable, Writable } from 'node:stream';
import { AriConnectionError } from '../../errors/connection-error.js';
import type { AriError } from '../../errors/ari-error.js';
import { Deferred } from '../../support/deferred.js';
import type { Logger } from '../../support/logger.js';
import type { ListenOptions, Subscription } from '../../contract/subscription.js';
import { bytesPerMsOf, formatNamed } from '../audio/format.js';
import type { AsyncReader } from '../../support/async-reader.js';
import { checkChoice } from '../../support/check-option.js';
import { directions, type MediaDirection } from '../protocol/commands.js';
import type { MalformedMedia, MediaEvent, MediaStatusEvent, UnknownMediaEvent } from '../protocol/events.js';
import { Emitter } from './emitter.js';
import { mediaEventNames, type MediaEvents } from './events.js';
import { failed } from './failed.js';
import type { MediaInfo } from './info.js';
import type { MediaLink, MediaSink } from './link.js';
import type { MediaSettings } from './options.js';
import type { Outcome } from './outcome.js';
import { playSource, type AudioSource, type Played, type PlayOptions } from './play.js';
import { pacedPlayer, queuePlayer } from './player.js';
import { Receiver } from './receiver.js';
import { Sender } from './sender.js';
import { SparingLog } from './sparing-log.js';
import { StatusWaits } from './status-waits.js';
import { toReadable, toWritable } from './streams.js';
import type { Utterance } from './utterance.js';

/** How a channel was made, as far as its connection must know. */
export interface ChannelTraits {
  readonly direction?: MediaDirection | undefined;
  /** Whether it passes each message on as a frame, as it comes. */
  readonly passthrough?: boolean | undefined;
}

/** How long Asterisk may take to hang up before the connection is closed from here. */
const hangupMs = 2_000;

/**
 * The audio of one channel, both ways, for as long as the connection lasts: read it with `for await`, or as a stream;
 * write it, in chunks of any size. What is written is sent ahead of its time, up to `maxAheadMs`, and can be taken back
 * until it is played.
 */
export class Media implements AsyncIterable<Buffer>, AsyncDisposable {
  readonly info: MediaInfo;
  readonly #link: MediaLink;
  readonly #logger: Logger;
  readonly #log: { readonly malformed: SparingLog; readonly errors: SparingLog };
  readonly #emitter: Emitter<MediaEvents>;
  readonly #receiver: Receiver;
  readonly #sender: Sender;
  readonly #ended = new Deferred<AriError | undefined>();
  #isOver = false;
  readonly #statusWaits: StatusWaits;
  #direction: MediaDirection;

  /** @internal */
  constructor(link: MediaLink, info: MediaInfo, settings: MediaSettings, channel: ChannelTraits = {}) {
    const { frameBytes, frameMs, format, passthrough } = info;
    this.info = info;
    this.#link = link;
    this.#logger = settings.logger;
    this.#log = { malformed: new SparingLog(settings.logger), errors: new SparingLog(settings.logger) };
    this.#emitter = new Emitter(mediaEventNames, settings.logger);
    const bounds = { ms: settings.maxReceiveMs, bytes: settings.maxReceiveBytes };
    // Asterisk passes on what has come to it: a message need not be as long as a frame of ours.
    const length = { bytesPerMs: bytesPerMsOf(format, frameBytes, frameMs), frameMs };
    this.#receiver = new Receiver(bounds, length, (notice) => this.#emitter.emit('dropped', notice));
    this.#statusWaits = new StatusWaits(settings.answerTimeoutMs);
    const isPaced = frameBytes === 0 || passthrough || channel.passthrough === true;
    const { controlFormat } = link;
    this.#sender = new Sender({
      player:
        controlFormat === undefined || isPaced
          ? pacedPlayer(link)
          : queuePlayer(link, controlFormat, settings.maxAheadMs),
      frameBytes,
      frameMs,
      silence: formatNamed(format)?.silence ?? 0,
      maxQueuedBytes: settings.maxQueuedBytes,
      answerTimeoutMs: settings.answerTimeoutMs,
      onStall: ({ message }) => this.#logger.warn(`media of ${this.#name}: ${message}`),
    });
    this.#direction = channel.direction ?? 'both';
    this.#setSending();
  }

  /**
   * Resolves when the connection is over: with the error that ended it, or with nothing if one of its two ends hung up or
   * closed it. It never rejects.
   */
  get closed(): Promise<AriError | undefined> {
    return this.#ended.promise;
  }

  /** Which way audio goes, as this program sees it. */
  get direction(): MediaDirection {
    return this.#direction;
  }

  /** Grows with each flush; what is written for an older one is not sent. */
  get generation(): number {
    return this.#sender.generation;
  }

  /** Milliseconds of audio that were played, of all that was written; of one answer, see {@link begin}. */
  get playedMs(): number {
    return this.#sender.played();
  }

  /** Milliseconds of audio that were sent, and are not played yet. */
  get aheadMs(): number {
    return this.#sender.ahead();
  }

  /** Milliseconds of audio that were written, and are not sent yet. */
  get queuedMs(): number {
    return this.#sender.queued();
  }

  /** Milliseconds of audio that have come. */
  get receivedMs(): number {
    return this.#receiver.receivedMs;
  }

  /** Milliseconds of audio that have come and were let go, because nobody read them in time. */
  get droppedMs(): number {
    return this.#receiver.droppedMs;
  }

  /** Whether Asterisk has said that it can take no more for now: between `MEDIA_XOFF` and `MEDIA_XON`. */
  get heldBack(): boolean {
    return this.#sender.heldBack;
  }

  get paused(): boolean {
    return this.#sender.paused;
  }

  /**
   * Calls the listener for every event of a type until the subscription is closed.
   * @throws {AriValidationError} if there is no such type
   */
  on<T extends keyof MediaEvents>(
    type: T,
    listener: (event: MediaEvents[T]) => unknown,
    options?: Pick<ListenOptions, 'signal'>,
  ): Subscription {
    return this.#emitter.on(type, listener, options);
  }

  /** Like `on`, for the next event only. */
  once<T extends keyof MediaEvents>(
    type: T,
    listener: (event: MediaEvents[T]) => unknown,
    options?: Pick<ListenOptions, 'signal'>,
  ): Subscription {
    return this.#emitter.on(type, listener, options, true);
  }

  /** Takes a listener away, however often it was added for the type. */
  off<T extends keyof MediaEvents>(type: T, listener: (event: MediaEvents[T]) => unknown): void {
    this.#emitter.off(type, listener);
  }

  /**
   * The audio that comes, message by message, until the connection is over. It is read once: two loops share it. Leaving
   * a loop does not end the connection, and another one goes on from there.
   */
  [Symbol.asyncIterator](): AsyncReader<Buffer> {
    return this.#receiver.iterate();
  }

  /** The audio that comes, as a stream; it ends with the connection. */
  readable(): Readable {
    return toReadable(this, this.info.frameBytes);
  }

  /**
   * A stream to write audio to: it takes more when there is room, and it finishes when all is played. It is an utterance:
   * after a flush, it takes the rest and lets it go.
   */
  writable(): Writable {
    return toWritable(this.begin());
  }

  /**
   * Sends audio, in chunks of any size; the buffer must not change until it is sent. Resolves when it waits here no
   * longer: await it, so that no more is produced than can be played. Only a flush or the end of the connection makes it
   * false: it was not sent.
   * @param generation the one that the audio was made for; if a flush has come since, it is not sent
   * @throws {AriError} if more waits to be sent than `maxQueuedBytes` allows, or the direction is `in`;
   *   {AriTimeoutError} if Asterisk takes no more for `answerTimeoutMs`
   */
  write(audio: Uint8Array, generation: number = this.generation): Promise<boolean> {
    return this.#sender.write(audio, generation);
  }

  /** Begins an utterance: audio that belongs together, knows how much of it was played, and ends with a flush. */
  begin(): Utterance {
    return this.#sender.begin();
  }

  /**
   * Plays what a source has to give, as fast as it can be played, and resolves when it is played, or will not be. What
   * finds no room waits, however much it is.
   * @throws what the source throws; {AriError} if the direction is `in`; {AriTimeoutError} if Asterisk takes no more, or
   *   does not confirm it, for `answerTimeoutMs`
   */
  play(source: AudioSource, options?: PlayOptions): Promise<Played> {
    return playSource(this, source, options);
  }

  /**
   * Resolves when all that was written before is played, or never will be. A frame that is not full is filled up.
   * @throws {AriTimeoutError} if Asterisk does not confirm it within `answerTimeoutMs`; what is written is then discarded
   */
  mark(): Promise<Outcome> {
    return this.#sender.mark();
  }

  /**
   * Resolves when nothing is left to play, of what was written before and of what came after.
   * @throws {AriTimeoutError} as `mark` does
   */
  drained(): Promise<Outcome> {
    return this.#sender.drained();
  }

  /**
   * Discards at once all that was written and is not played yet: the caller has begun to speak. Marks that lie in it
   * settle as `flushed`. A pause goes on.
   */
  flush(): void {
    this.#sender.flush();
  }

  /** Stops playing; what is written waits. */
  pause(): void {
    this.#sender.pause();
  }

  /** Plays on after a pause. */
  continue(): void {
    this.#sender.continue();
  }

  /**
   * Asks Asterisk how its queue stands.
   * @throws {AriConnectionError} if the connection ends before the answer; {AriTimeoutError} if there is none within
   *   `answerTimeoutMs`; {AriValidationError} with AudioSocket
   */
  status(): Promise<MediaStatusEvent> {
    return this.#command(async () => {
      this.#link.sendCommand({ command: 'GET_STATUS' });
      return this.#statusWaits.next();
    });
  }

  /**
   * Has audio go one way only, or both. With `in`, as this program sees it, Asterisk ignores what is sent, so nothing may
   * be; with `out` it sends nothing.
   * @throws {AriValidationError} where control messages are plain text, or with AudioSocket
   */
  async setDirection(direction: MediaDirection): Promise<void> {
    checkChoice('direction', direction, directions);
    await this.#command(async () => {
      this.#link.sendCommand({ command: 'SET_MEDIA_DIRECTION', direction });
      this.#direction = direction;
      this.#setSending();
    });
  }

  /** Answers a channel that connecting has not answered. @throws {AriValidationError} with AudioSocket */
  async answer(): Promise<void> {
    await this.#command(async () => this.#link.sendCommand({ command: 'ANSWER' }));
  }

  /** Hangs the channel up; resolves when the connection is over. */
  async hangup(): Promise<void> {
    if (!this.#isOver) {
      this.#link.sendCommand({ command: 'HANGUP' });
      const timer = setTimeout(() => this.#link.close(), hangupMs);
      await this.closed;
      clearTimeout(timer);
    }
  }

  /** Closes the connection, upon which Asterisk hangs the channel up; resolves when it is over. */
  async close(): Promise<void> {
    if (!this.#isOver) {
      this.#link.close();
    }
    await this.closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** @internal Where the link tells what has come. */
  get sink(): MediaSink {
    return {
      receive: (frame) => this.#receiver.push(frame),
      event: (event) => this.#onEvent(event),
      unknown: (event) => this.#onUnknown(event),
      malformed: (message) => this.#onMalformed(message),
      ended: (error) => this.#onEnded(error),
    };
  }

  #onEvent(event: MediaEvent): void {
    switch (event.event) {
      case 'MEDIA_START':
        this.#onMalformed({ text: event.event, reason: 'the connection has started already' });
        return;
      case 'MEDIA_XOFF':
      case 'MEDIA_XON':
        this.#sender.holdBack(event.event === 'MEDIA_XOFF');
        break;
      case 'MEDIA_MARK_PROCESSED':
      case 'MEDIA_BUFFERING_COMPLETED':
        this.#sender.reached(event.correlation_id);
        break;
      case 'QUEUE_DRAINED':
        this.#sender.ranDry();
        break;
      case 'STATUS':
        this.#statusWaits.answered(event);
        break;
      case 'ERROR':
        this.#onError(event.error_text);
        break;
      case 'DTMF_END':
    }
    this.#emitter.emit(event.event, event);
  }

  #onError(text: string): void {
    if (/\bpassthrough\b/.test(text)) {
      // Asterisk does not tell beforehand that it passes frames on as they come: then we are the clock.
      this.#sender.use(pacedPlayer(this.#link));
    } else if (!this.#emitter.hears('ERROR')) {
      this.#log.errors.warn(`media of ${this.#name}: Asterisk says: ${text}`);
    }
  }

  #onUnknown(event: UnknownMediaEvent): void {
    this.#emitter.emit('unknown', event);
  }

  #onMalformed(message: MalformedMedia): void {
    if (!this.#emitter.hears('malformed')) {
      this.#log.malformed.warn(`media of ${this.#name}: a message was ignored: ${message.reason}`);
    }
    this.#emitter.emit('malformed', message);
  }

  #onEnded(error: AriError | undefined): void {
    if (!this.#isOver) {
      this.#isOver = true;
      this.#sender.close();
      this.#receiver.end();
      this.#statusWaits.end(over());
      this.#ended.resolve(error);
    }
  }

  /** Does it as long as the connection lasts. */
  #command<T>(send: () => Promise<T>): Promise<T> {
    if (this.#isOver) {
      return failed(over());
    }
    const outcome = send();
    // Whoever awaits it sees the failure; the end of the connection must not become the end of the process.
    outcome.catch(() => undefined);
    return outcome;
  }

  #setSending(): void {
    this.#sender.refusal =
      this.#direction === 'in'
        ? "audio cannot be sent while the direction is 'in': Asterisk would ignore it"
        : undefined;
  }

  get #name(): string {
    return this.info.channelName || this.info.connectionId;
  }
}

function over(): AriConnectionError {
  return new AriConnectionError('the media connection is over', 'notSent');
}
