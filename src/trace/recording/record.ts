import type { Channel } from 'node:diagnostics_channel';
import {
  connectionChanged,
  eventReceived,
  gapSettled,
  requestEnd,
  requestError,
  requestStart,
  type ConnectionMessage,
  type EventMessage,
  type GapMessage,
  type MessageSource,
  type RequestMessage,
} from '../../diagnostics/channels.js';
import { checkListener } from '../../support/check-option.js';
import type { Trace, TraceEntry } from '../entries.js';
import { EntryMaker, rounded, type Fields } from './entry-maker.js';
import { KeptEntries } from './kept-entries.js';
import { LiveEntries } from './live-entries.js';
import { checkRecordOptions, type RecordOptions, type RecordSettings } from './options.js';

/** A recording of what clients and their Asterisks say to each other. `for await` reads what comes from then on. */
export interface Recorder extends Disposable, AsyncIterable<TraceEntry> {
  /** What is kept, the oldest first; the first is of kind `dropped` if anything had to go. */
  readonly entries: Trace;
  /** How many entries had to go, because of `maxEntries` or `maxBytes`. */
  readonly dropped: number;
  /**
   * Calls a function with each entry as it comes, before the client goes on. What it throws becomes an uncaught exception.
   * @returns what takes it away again
   */
  listen(listener: (entry: TraceEntry) => void): Disposable;
  /** Ends the recording and, after what waits in them, `for await` loops. What was recorded stays. */
  stop(): void;
}

/**
 * Records requests, answers, events, and what becomes of event connections, from now on. Credentials are taken out.
 * @throws {AriValidationError} for a wrong option
 */
export function record(options: RecordOptions = {}): Recorder {
  return new ChannelRecorder(checkRecordOptions(options));
}

/** What an entry takes beside the text that it holds, about. */
const bareSize = 200;

class ChannelRecorder implements Recorder {
  readonly #settings: RecordSettings;
  readonly #kept: KeptEntries;
  readonly #listeners = new Set<{ readonly call: (entry: TraceEntry) => void }>();
  readonly #loops = new Set<LiveEntries>();
  readonly #unsubscribe: (() => void)[];
  #seq = 0;
  #stopped = false;

  constructor(settings: RecordSettings) {
    this.#settings = settings;
    this.#kept = new KeptEntries(settings.maxEntries, settings.maxBytes);
    const maker = new EntryMaker((source, fields, bytes) => this.#add(source, fields, bytes));
    this.#unsubscribe = [
      this.#subscribe<RequestMessage>(requestStart, (message) => maker.requestStart(message)),
      this.#subscribe<RequestMessage>(requestEnd, (message) => maker.requestOver(message)),
      this.#subscribe<RequestMessage>(requestError, (message) => maker.requestOver(message)),
      this.#subscribe<EventMessage>(eventReceived, (message) => maker.event(message)),
      this.#subscribe<ConnectionMessage>(connectionChanged, (message) => maker.connection(message)),
      this.#subscribe<GapMessage>(gapSettled, (message) => maker.gap(message)),
    ];
  }

  get entries(): Trace {
    return this.#kept.list();
  }

  get dropped(): number {
    return this.#kept.dropped;
  }

  listen(listener: (entry: TraceEntry) => void): Disposable {
    checkListener('listen', listener);
    const registered = { call: listener };
    this.#listeners.add(registered);
    return { [Symbol.dispose]: () => void this.#listeners.delete(registered) };
  }

  stop(): void {
    this.#stopped = true;
    this.#unsubscribe.splice(0).forEach((unsubscribe) => unsubscribe());
    this.#loops.forEach((loop) => loop.end());
    this.#loops.clear();
    this.#listeners.clear();
  }

  [Symbol.dispose](): void {
    this.stop();
  }

  [Symbol.asyncIterator](): AsyncIterator<TraceEntry, undefined, undefined> {
    const { maxEntries, maxBytes } = this.#settings;
    const loop = new LiveEntries(new KeptEntries(maxEntries, maxBytes), (left) => this.#loops.delete(left));
    if (this.#stopped) {
      loop.end();
    } else {
      this.#loops.add(loop);
    }
    return loop;
  }

  #subscribe<Message extends MessageSource>(channel: Channel, take: (message: Message) => void): () => void {
    const { names } = this.#settings;
    const subscriber = (message: unknown): void => {
      if (names === undefined || names.has((message as Message).client)) {
        take(message as Message);
      }
    };
    channel.subscribe(subscriber);
    return () => {
      channel.unsubscribe(subscriber);
    };
  }

  #add({ client }: MessageSource, fields: Fields, bytes: number): void {
    this.#seq += 1;
    const at = rounded(performance.timeOrigin + performance.now());
    const entry = { seq: this.#seq, at, client: this.#settings.names?.get(client) ?? client.name, ...fields };
    this.#kept.add(entry, bareSize + bytes);
    this.#loops.forEach((loop) => loop.push(entry, bareSize + bytes));
    for (const { call } of this.#listeners) {
      try {
        call(entry);
      } catch (error) {
        // As Node does it for subscribers of the channels themselves.
        process.nextTick(() => {
          throw error;
        });
      }
    }
  }
}
