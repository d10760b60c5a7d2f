// The functions to come, as they will be called. This file goes when they are there.
import type { Subscription } from '../contract/subscription.js';
import type { BaseClient } from '../client/base-client.js';
import type { ObjectRef, Trace, TraceEntry } from './entries.js';

export interface RecordOptions {
  /** Whom to record, by the names that entries get; all clients of the process without it, under names of their own (`ari-1`). */
  readonly clients?: Readonly<Record<string, BaseClient<unknown>>>;
  /** Most entries that are kept. @default 10,000 */
  readonly maxEntries?: number;
  /** Most bytes of JSON that are kept. @default 16 MiB */
  readonly maxBytes?: number;
}
/** What a trace is being written to. */
export interface Recorder extends Disposable, AsyncIterable<TraceEntry> {
  /** What is kept, the oldest first; begins with a 'dropped' entry if anything was let go. */
  readonly entries: Trace;
  /** Entries let go so far. */
  readonly dropped: number;
  /** Called with each entry as it comes, synchronously. */
  listen(listener: (entry: TraceEntry) => void): Pick<Subscription, 'close' | typeof Symbol.dispose>;
  /** Ends recording; what was recorded stays. Ends `for await` loops after what waits. */
  stop(): void;
}
export interface LadderOptions {
  /** Columns. @default those of the terminal, else 100 */
  readonly width?: number;
  /** Plain ASCII instead of box drawing characters. @default false */
  readonly ascii?: boolean;
  /** 'elapsed' since the first entry, time of day in UTC, or none. @default 'elapsed' */
  readonly times?: 'elapsed' | 'clock' | 'none';
}
/** One call of a trace. */
export interface TracedCall {
  readonly channel: ObjectRef;
  readonly objects: readonly ObjectRef[];
  readonly entries: Trace;
}
export interface TraceApi {
  record(options?: RecordOptions): Recorder;
  /** JSON lines. */
  stringify(trace: Trace): string;
  /** @throws {AriValidationError} naming the line */
  parse(text: string): TraceEntry[];
  /** What concerns a channel and what it met: bridges, other channels by bridge, dial and snoop, their playbacks and recordings. */
  cutCall(trace: Trace, channelId: string): Trace;
  /** The calls of a trace, by the first channel of each. */
  calls(trace: Trace): TracedCall[];
  ladder(trace: Trace, options?: LadderOptions): string;
  mermaid(trace: Trace): string;
  html(trace: Trace, options?: { title?: string }): string;
}
