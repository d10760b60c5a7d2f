import { AriValidationError } from '../errors/validation-error.js';
import { mustBe } from '../support/describe.js';
import { checkTrace } from './check-trace.js';
import type { ObjectRef, Trace, TraceEntry } from './entries.js';
import { Meetings } from './meetings.js';
import { objectsOf } from './objects.js';

/** One call of a trace. */
export interface TracedCall {
  /** Id of the channel that it began with. */
  readonly channelId: string;
  /** Its channels and bridges, its playbacks and recordings. */
  readonly objects: readonly ObjectRef[];
  readonly entries: Trace;
}

/**
 * The entries of one call: those that concern a channel, or what it met. It meets its playbacks and recordings, channels by
 * dial, snoop, pickup or transfer and those that these met likewise, bridges that they were in, and the channels in these.
 * Of other channels' further bridges it knows nothing. Interruptions of the event connection are in it.
 * @throws {AriValidationError} for what is no trace, and no id
 */
export function cutCall(trace: Trace, channelId: string): TraceEntry[] {
  checkTrace('cutCall', trace);
  if (typeof channelId !== 'string') {
    throw new AriValidationError(`cutCall: channelId ${mustBe('the id of a channel', channelId)}`, 'channelId');
  }
  return entriesOf(trace, new Meetings(trace).of(`channel:${channelId}`));
}

/**
 * The calls of a trace: each channel that no call before it has met begins one.
 * @throws {AriValidationError} for what is no trace
 */
export function callsOf(trace: Trace): TracedCall[] {
  checkTrace('callsOf', trace);
  const meetings = new Meetings(trace);
  const told = new Set<ObjectRef>();
  const calls: TracedCall[] = [];
  for (const ref of meetings.channels) {
    if (!told.has(ref)) {
      const objects = meetings.of(ref);
      objects.forEach((each) => told.add(each));
      calls.push({
        channelId: ref.slice('channel:'.length),
        objects: [...objects],
        entries: entriesOf(trace, objects),
      });
    }
  }
  return calls;
}

function entriesOf(trace: Trace, objects: ReadonlySet<ObjectRef>): TraceEntry[] {
  const isOfAll = ({ kind }: TraceEntry): boolean => kind === 'connection' || kind === 'gap' || kind === 'dropped';
  const isOf = (entry: TraceEntry): boolean => objectsOf(entry).some((ref) => objects.has(ref));
  const own = trace.flatMap((entry, index) => (isOf(entry) ? [index] : []));
  const [first = 0, last = -1] = [own[0], own.at(-1)];
  return trace.filter((entry, index) => isOf(entry) || (isOfAll(entry) && index >= first && index <= last));
}
