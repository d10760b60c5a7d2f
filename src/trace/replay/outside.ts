import type { Phone } from '../../testing/control/phone.js';
import type { TestAsterisk } from '../../testing/control/test-asterisk.js';
import type { EventEntry, Trace, TraceEntry } from '../entries.js';
import type { IdMap } from './id-map.js';
import { placeCall } from './new-call.js';
import { Occurrences } from './occurrences.js';
import { isHalfOf, originsOf, type Origin } from './origins.js';

/** Plays something that came from outside. */
export type Act = () => void | Promise<void>;

/** What acts need of the replay. */
export interface Surroundings {
  readonly asterisk: TestAsterisk;
  readonly trace: Trace;
  readonly ids: IdMap;
  /** Waits until the double has told of something, in the ids of now. */
  readonly told: (what: string, isIt: (event: EventEntry) => boolean) => Promise<void>;
  /** Whether it has told of it already. */
  readonly hasTold: (isIt: (event: EventEntry) => boolean) => boolean;
  /** Waits until an event connection is opened, as long as in the record and somewhat longer. */
  readonly connected: (recordedMs: number) => Promise<void>;
}

/** Events that the double makes by itself, out of what the application asks for and what is played. */
const made =
  /^(?:Application|Bridge(?!BlindTransfer|AttendedTransfer)|Channel(?:Created|StateChange|Varset|Dialplan|CallerId|ConnectedLine|EnteredBridge|LeftBridge)|Playback|Recording|EndpointStateChange|DeviceStateChanged|Call(?:Broadcast|Claimed)|RESTResponse)/;

/** What ends a channel's stay. */
const leaving = /^channels\.(?:hangup|continueInDialplan|redirect|move)$/;

/** Finds what came from outside in a record, and how to have it come again. */
export class Outside {
  readonly #at: Surroundings;
  readonly #occurrences = new Occurrences();
  readonly #origins: ReadonlyMap<string, Origin>;
  /** Telephones of the calls that came in, by the recorded ids of their channels. */
  readonly #callers = new Map<string, Phone>();
  readonly #over = new Set<string>();

  constructor(surroundings: Surroundings) {
    this.#at = surroundings;
    this.#origins = originsOf(surroundings.trace);
    this.#connectPhones();
  }

  /** How to play an entry; undefined if it is none that came from outside. */
  actOf(entry: TraceEntry, index: number): Act | undefined {
    if (entry.kind === 'connection') {
      return entry.state === 'reconnecting' && entry.previous === 'open'
        ? () => this.#cutConnection(entry.apps, index)
        : undefined;
    }
    return entry.kind === 'event' && this.#occurrences.isNew(entry) ? this.#actOfEvent(entry, index) : undefined;
  }

  #actOfEvent(entry: EventEntry, index: number): Act | undefined {
    const { type, event } = entry;
    const id = channelOf(event);
    switch (type) {
      case 'StasisStart':
        return this.#isMade(id, entry) ? this.#answering(id) : () => this.#call(id, entry);
      case 'ChannelStateChange':
        return (event['channel'] as { state?: unknown }).state === 'Up' ? this.#answering(id) : undefined;
      case 'Dial':
        return this.#dialled(event);
      case 'ChannelDtmfReceived':
        return () => this.#by(id, entry, (phone) => phone.press(String(event['digit'])));
      case 'ChannelHold':
      case 'ChannelUnhold':
        return () => this.#by(id, entry, (phone) => phone.hold(type === 'ChannelHold'));
      case 'ChannelTalkingStarted':
        return () => this.#by(id, entry, (phone) => phone.talk());
      case 'ChannelTalkingFinished':
        return () => this.#by(id, entry, (phone) => phone.talk(Number(event['duration'] ?? 0)));
      case 'ChannelHangupRequest':
      case 'StasisEnd':
      case 'ChannelDestroyed':
        return this.#hangingUp(id, entry, index);
      case 'PlaybackFinished':
        return () => this.#playOut(event);
      case 'RecordingFinished':
        return () => this.#recordOut(event);
      case 'ChannelUserevent':
        return this.#isAskedFor(event, index) ? undefined : () => this.#emit(entry);
      default:
        return made.test(type) ? undefined : () => this.#emit(entry);
    }
  }

  /** Telephones where the application will call; those that were busy will be. */
  #connectPhones(): void {
    const { asterisk, trace } = this.#at;
    for (const [id, { endpoint }] of this.#origins) {
      if (endpoint !== undefined) {
        const phone = asterisk.phone(endpoint);
        const isBusy = (entry: TraceEntry): boolean =>
          entry.kind === 'event' && channelOf(entry.event) === id && entry.event['dialstatus'] === 'BUSY';
        phone.manner = trace.some(isBusy) ? 'busy' : phone.manner;
      }
    }
  }

  /** Whether a channel that comes into the application is one that it has made, or has had before. */
  #isMade(id: string, entry: EventEntry): boolean {
    return this.#origins.has(id) || this.#callers.has(id) || isHalfOf(this.#origins, entry);
  }

  async #call(id: string, entry: EventEntry): Promise<void> {
    const { asterisk, trace, ids, told } = this.#at;
    const phone = placeCall(asterisk, trace, entry, (endpoint) =>
      [...this.#callers.values()].every((each) => each.endpoint !== endpoint || each.state === 'idle'),
    );
    this.#callers.set(id, phone);
    const { channelId } = phone;
    ids.bind(id, channelId);
    const what = `the call is in no application: is ${entry.application} started?`;
    await told(what, ({ type, event }) => type === 'StasisStart' && channelOf(event) === channelId);
  }

  #phoneOf(id: string): Phone | undefined {
    const endpoint = this.#origins.get(id)?.endpoint;
    return this.#callers.get(id) ?? (endpoint === undefined ? undefined : this.#at.asterisk.phone(endpoint));
  }

  /** Has a telephone that the application calls answer, if its channel was to come up by that. */
  #answering(id: string): Act | undefined {
    const { endpoint, request } = this.#origins.get(id) ?? {};
    const isAtOnce = request?.operation.startsWith('channels.create') === true;
    if (endpoint === undefined || this.#callers.has(id) || (isAtOnce && !this.#isAnswered(id))) {
      return undefined;
    }
    return () => pickUp(this.#at.asterisk.phone(endpoint));
  }

  /** A channel of `create` comes into the application before anybody answers: only being up tells that somebody has. */
  #isAnswered(id: string): boolean {
    const { trace, ids, hasTold } = this.#at;
    const isUp = ({ kind, ...entry }: TraceEntry): boolean => {
      const { event } = entry as EventEntry;
      return kind === 'event' && channelOf(event) === id && (event['channel'] as { state?: unknown })?.state === 'Up';
    };
    return trace.some(isUp) && hasTold(({ type, event }) => type === 'Dial' && channelOf(event) === ids.get(id));
  }

  #dialled(event: EventEntry['event']): Act | undefined {
    const id = channelOf(event);
    const { endpoint, request } = this.#origins.get(id) ?? {};
    if (endpoint === undefined) {
      return undefined;
    }
    const phone = this.#at.asterisk.phone(endpoint);
    switch (event['dialstatus']) {
      case 'ANSWER':
        return () => pickUp(phone);
      case 'NOANSWER':
        return () => {
          if (phone.state === 'ringing') this.#at.asterisk.advance(Number(request?.params['timeout'] ?? 30) * 1000);
        };
      case 'CONGESTION':
      case 'CHANUNAVAIL':
        return () => {
          if (phone.state === 'ringing') phone.decline();
        };
      default:
        return undefined;
    }
  }

  /** Has the other side hang up, unless the application had done so, or had let the channel go. */
  #hangingUp(id: string, entry: EventEntry, index: number): Act | undefined {
    const { trace } = this.#at;
    const isLetGo = trace
      .slice(0, index)
      .some(
        (each) => each.kind === 'request' && leaving.test(each.operation) && each.objects.includes(`channel:${id}`),
      );
    if (this.#over.has(id) || isLetGo) {
      return undefined;
    }
    this.#over.add(id);
    const destroyed = trace.find(
      (each): each is EventEntry =>
        each.kind === 'event' && each.type === 'ChannelDestroyed' && channelOf(each.event) === id,
    );
    const cause = Number((destroyed ?? entry).event['cause']);
    return () => {
      const phone = this.#phoneOf(id);
      if (phone?.state === 'ringing') {
        phone.decline();
      } else if (phone !== undefined && phone.state !== 'idle') {
        phone.hangup(cause >= 1 && cause <= 127 ? cause : 16);
      }
    };
  }

  /** Does something with a telephone, or has the event come without one. */
  #by(id: string, entry: EventEntry, act: (phone: Phone) => unknown): void {
    const phone = this.#phoneOf(id);
    if (phone === undefined) {
      this.#emit(entry);
    } else {
      act(phone);
    }
  }

  /** Lets time pass until what is played has come to its end. */
  async #playOut(event: EventEntry['event']): Promise<void> {
    const { asterisk, ids, told, hasTold } = this.#at;
    const { id } = event['playback'] as { id: string };
    const isIt = ({ type, event: now }: EventEntry): boolean =>
      type === 'PlaybackFinished' && (now['playback'] as { id?: unknown }).id === ids.get(id);
    if (ids.get(id) !== undefined && !hasTold(isIt)) {
      asterisk.clock.autoAdvance = true;
      try {
        await told('what was played does not end', isIt);
      } finally {
        asterisk.clock.autoAdvance = false;
      }
    }
  }

  /** Lets time pass until a recording has reached its greatest length, if it has not ended otherwise. */
  async #recordOut(event: EventEntry['event']): Promise<void> {
    const { asterisk, trace, ids, told, hasTold } = this.#at;
    const { name } = event['recording'] as { name: string };
    const isIt = ({ type, event: now }: EventEntry): boolean =>
      type === 'RecordingFinished' && (now['recording'] as { name?: unknown }).name === (ids.get(name) ?? name);
    if (hasTold(isIt)) {
      return;
    }
    const begun = trace.find(
      (each) => each.kind === 'request' && each.path.endsWith('/record') && each.params['name'] === name,
    );
    const seconds = begun?.kind === 'request' ? Number(begun.params['maxDurationSeconds'] ?? 0) : 0;
    asterisk.advance(seconds * 1000);
    await told('the recording does not end: the double hears no silence', isIt);
  }

  /** Whether the application has asked for an event of its own. */
  #isAskedFor(event: EventEntry['event'], index: number): boolean {
    return this.#at.trace
      .slice(0, index)
      .some(
        (each) =>
          each.kind === 'request' &&
          each.operation === 'events.userEvent' &&
          each.params['eventName'] === event['eventname'],
      );
  }

  #emit({ type, application, event }: EventEntry): void {
    const { asterisk, ids } = this.#at;
    const { asterisk_id: _id, application: _application, timestamp: _timestamp, ...fields } = event;
    const body = ids.translate(fields) as Readonly<Record<string, unknown>>;
    asterisk.emit({ ...body, type }, application === '' ? undefined : [application]);
  }

  /** What comes next came over the new connection, if there was one. */
  async #cutConnection(apps: readonly string[], index: number): Promise<void> {
    const { asterisk, trace, connected } = this.#at;
    const back = trace.slice(index).find((entry) => entry.kind === 'connection' && entry.state === 'open');
    const again = back === undefined ? undefined : connected(back.at - (trace[index]?.at ?? 0));
    asterisk.faults.dropSocket(apps[0]);
    await again;
  }
}

/** Answers a call that comes, if it has not been answered and is not over. */
async function pickUp(phone: Phone): Promise<void> {
  if (phone.hangupCause === undefined && phone.state !== 'talking') {
    await phone.rings();
    phone.answer();
  }
}

/** The channel that an event is about; of a dial, who is called. */
function channelOf(event: EventEntry['event']): string {
  const { channel, peer } = event as { channel?: { id?: unknown } | null; peer?: { id?: unknown } | null };
  const id = channel?.id ?? peer?.id;
  return typeof id === 'string' ? id : '';
}
