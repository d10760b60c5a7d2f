import { Applications } from './applications/applications.js';
import { Bridges } from './bridges/bridges.js';
import { Channels } from './channels/channels.js';
import type { Clock, Timer, TimerKind } from './clock.js';
import { Dialplan } from './dialplan/dialplan.js';
import { Broadcasts } from './stasis/broadcasts.js';
import type { EngineOptions } from './engine-options.js';
import type { EventBody, Source } from './events.js';
import { Ids } from './ids.js';
import type { MediaConnection, Outgoing } from './media/media-connection.js';
import type { Engine as Parts } from './parts.js';
import { Playbacks } from './playbacks/playbacks.js';
import { LiveRecordings } from './recordings/live-recordings.js';
import { StoredRecordings } from './recordings/stored-recordings.js';
import { Outbound } from './stasis/outbound.js';
import { Stasis } from './stasis/stasis.js';
import { DeviceStates } from './places/device-states.js';
import { DynamicConfig } from './places/dynamic-config.js';
import { Endpoints } from './places/endpoints.js';
import { LogChannels } from './places/log-channels.js';
import { Mailboxes } from './places/mailboxes.js';
import { Modules } from './places/modules.js';
import { Sounds } from './places/sounds.js';
import { Tasks } from './tasks.js';
import { Threads } from './threads.js';
import { timestamp } from './timestamp.js';
import { Variables } from './variables.js';

/** Asterisk behind its interface: all of its state, and the means by which its parts reach each other. */
export class Engine implements Parts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly release: string;
  readonly asteriskId: string;
  readonly startedAt: number;
  readonly globals = new Variables();
  readonly mediaConnections = new Map<string, MediaConnection>();
  readonly outgoing: Outgoing;
  readonly applications: Applications;
  readonly channels: Channels;
  readonly bridges: Bridges;
  readonly dialplan: Dialplan;
  readonly stasis: Stasis;
  readonly broadcasts: Broadcasts;
  readonly outbound = new Outbound();
  readonly playbacks: Playbacks;
  readonly liveRecordings: LiveRecordings;
  readonly storedRecordings: StoredRecordings;
  readonly deviceStates: DeviceStates;
  readonly dynamicConfig: DynamicConfig;
  readonly endpoints: Endpoints;
  readonly logChannels: LogChannels;
  readonly mailboxes: Mailboxes;
  readonly modules: Modules;
  readonly sounds: Sounds;
  readonly #tasks: Tasks;
  readonly #threads = new Threads();
  readonly #observe: EngineOptions['observe'];
  readonly #settled: EngineOptions['settled'];
  readonly #failed: EngineOptions['failed'];

  constructor(options: EngineOptions) {
    this.clock = options.clock;
    this.release = options.release;
    this.asteriskId = options.entityId;
    this.outgoing = options.outgoing;
    this.#observe = options.observe;
    this.#settled = options.settled;
    this.#failed = options.failed;
    this.#tasks = new Tasks(options.failed);
    this.startedAt = options.clock.now();
    this.ids = new Ids(options.clock);
    this.applications = new Applications(this);
    this.channels = new Channels(this);
    this.bridges = new Bridges(this);
    this.dialplan = new Dialplan(this, options.dialplan);
    this.stasis = new Stasis(this);
    this.broadcasts = new Broadcasts(this);
    this.playbacks = new Playbacks(this);
    this.liveRecordings = new LiveRecordings(this);
    this.storedRecordings = new StoredRecordings(options.recordings);
    this.deviceStates = new DeviceStates(this);
    this.dynamicConfig = new DynamicConfig();
    this.endpoints = new Endpoints(this, options.endpoints);
    this.logChannels = new LogChannels();
    this.mailboxes = new Mailboxes(this);
    this.modules = new Modules();
    this.sounds = new Sounds(options.sounds);
  }

  /** Runs something from outside, with all that it sets off. */
  run<T>(work: () => T): T {
    try {
      return this.#tasks.run(work);
    } finally {
      this.#settled?.();
    }
  }

  /** Puts work off until the work at hand is over. */
  soon(work: () => void): void {
    this.#tasks.soon(work);
  }

  /** Does something when Asterisk's clock has moved on. */
  after(ms: number, kind: TimerKind, work: () => void): Timer {
    return this.clock.after(ms, kind, () => this.#attempt(work));
  }

  /** Begins something in a thread of its own, a moment from now. */
  begin(work: () => void): void {
    this.#threads.start(() => this.#attempt(work));
  }

  /** Nothing that is still to come happens any more. */
  close(): void {
    this.#threads.close();
    this.clock.close();
  }

  #attempt(work: () => void): void {
    try {
      this.run(work);
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Tells an event to the applications that one of its sources concerns. */
  publish(event: EventBody, sources: readonly Source[]): void {
    const timed = { timestamp: timestamp(this.clock.now()), ...event };
    const receivers = this.applications.deliver(timed, sources);
    this.#observe?.(timed, receivers);
  }

  /** Tells it on the topic of each source: who listens to several hears it as often. What nobody hears has happened once. */
  publishOnEach(event: EventBody, sources: readonly Source[]): void {
    const timed = { timestamp: timestamp(this.clock.now()), ...event };
    const told = sources.map((each) => this.applications.deliver(timed, [each]));
    const heard = told.filter((receivers) => receivers.length > 0);
    for (const receivers of heard.length > 0 ? heard : [[]]) this.#observe?.(timed, receivers);
  }
}
