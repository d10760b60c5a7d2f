import { accept } from '../client/accept.js';
import { noteAsterisk } from '../contract/asterisk-of.js';
import type { AcceptedClient } from '../client/acceptance.js';
import { placeholder } from '../client/client-class.js';
import type { ClientOptions } from '../client/options.js';
import { AriError } from '../errors/ari-error.js';
import type { EventSocket } from '../events/socket.js';
import { Deferred } from '../support/deferred.js';
import { parseAppName } from './app-name.js';
import { CallFinder, type Call } from './call.js';
import type { ChannelOf, OutboundConnection } from './connection.js';
import type { Greeting } from './greeting.js';
import { LiveCalls } from './live-calls.js';
import { OfferedSockets } from './offered-sockets.js';
import type { OutboundSettings } from './options.js';
import type { OwnedClient } from './owned-client.js';

/** Who has connected, from where, and what it said. */
export interface Arrival {
  readonly greeting: Greeting;
  readonly remoteAddress: string;
  readonly requestUrl: string;
}

/** Who asks to be let in, and for what. */
export type Asking = Pick<Arrival, 'remoteAddress' | 'requestUrl'>;

/** Who is told of what becomes of a connection. */
export interface Told {
  /** The last call has gone. */
  idle(): void;
  /** It is for these applications from now on. */
  apps(apps: readonly string[]): void;
}

/** How long the present socket of a connection may take to show that it is still there, when another one comes. */
const doubtMs = 1_000;

/** Asterisk closes with it when it has nothing more to say. */
const normalClosure = 1000;

/**
 * What a new socket for the same applications is to a connection that there is: its `next` one; of another connection
 * `inItsPlace`, since the call that it was for is over; of another one `besideIt`; or of `anotherAsterisk`.
 */
export type Relation = 'next' | 'inItsPlace' | 'besideIt' | 'anotherAsterisk';

/** A connection from its first socket to its end, over all interruptions, and the client that lives on it. */
export class Session<C extends object> {
  readonly connection: OutboundConnection<C>;
  readonly #sockets: OfferedSockets;
  readonly #client: OwnedClient;
  readonly #accepted: AcceptedClient;
  readonly #told: Told;
  readonly #apps = new Set<string>();
  readonly #closed = new Deferred<Error | undefined>();
  readonly #calls: LiveCalls | undefined;
  readonly #call: CallFinder | undefined;
  /** The latest. */
  #arrival: Arrival;

  constructor(settings: OutboundSettings<C>, arrival: Arrival, told: Told) {
    this.#told = told;
    const [first = ''] = arrival.greeting.apps;
    const channelName = parseAppName(first)?.channelName;
    const callApp = channelName === undefined ? undefined : first;
    this.#arrival = arrival;
    this.#sockets = new OfferedSockets({ timeoutMs: settings.resumeTimeoutMs, isLast: (code) => this.#isLast(code) });
    const { client, accepted } = accept(settings.client, optionsOf(settings, arrival), {
      source: this.#sockets,
      hasHttp: settings.http !== undefined,
      callApp,
      onApps: (apps) => this.#onApps(apps),
    });
    this.#accepted = accepted;
    this.#client = client as unknown as OwnedClient;
    this.#meet(arrival.greeting);
    const facts = this.#facts(client, arrival);
    if (channelName === undefined) {
      const calls = new LiveCalls(this.#client, () => told.idle());
      this.#calls = calls;
      this.connection = Object.defineProperty({ ...facts, kind: 'persistent', calls: 0 }, 'calls', {
        get: () => calls.size,
      });
    } else {
      const finder = new CallFinder(this.#client, first, channelName);
      this.#call = finder;
      const call = (): Promise<Call<ChannelOf<C>>> => finder.call() as Promise<Call<ChannelOf<C>>>;
      this.connection = { ...facts, kind: 'perCall', app: first, channelName, call };
    }
    Object.defineProperties(this.connection, {
      apps: { get: () => [...this.#apps] },
      remoteAddress: { get: () => this.#arrival.remoteAddress },
    });
  }

  /** Begins to read. */
  async open(socket: EventSocket, { greeting }: Arrival): Promise<void> {
    void this.#client.closed.then((error) => this.#end(error));
    this.#sockets.offer(socket);
    try {
      await this.#accepted.open(greeting.apps);
    } catch (error) {
      await this.#client.close();
      throw error;
    }
  }

  /** Goes on with another socket. */
  resume(socket: EventSocket, arrival: Arrival): void {
    const { greeting } = arrival;
    this.#arrival = arrival;
    this.#meet(greeting);
    this.#accepted.resumed(greeting.apps);
    this.#sockets.offer(socket);
  }

  get isOver(): boolean {
    return this.#sockets.isOver;
  }

  /** Whether a socket that is asked for may be its next one; it may have lost its present one, and not know that yet. */
  mayGoOn({ remoteAddress, requestUrl }: Asking): boolean {
    const { connection } = this;
    const mayBeCut = connection.kind === 'persistent' && connection.remoteAddress === remoteAddress;
    return connection.requestUrl === requestUrl && (mayBeCut || !this.#sockets.isConnected);
  }

  /** A persistent connection without calls can be closed without harm. */
  get isIdle(): boolean {
    return this.#calls?.size === 0;
  }

  /** Resolves when its listeners have done what they do. */
  idle(): Promise<void> {
    return this.#client.idle();
  }

  /** Whether a socket comes from the Asterisk that was there before, which has not been restarted since; if that is known. */
  isOfSameRun({ greeting: { startedAt } }: Arrival): boolean | undefined {
    const before = this.#arrival.greeting.startedAt;
    return startedAt === undefined || before === undefined ? undefined : startedAt === before;
  }

  /** What a new socket for the same applications is to it. It may ask Asterisk about that, and so take some time. */
  async relationTo(arrival: Arrival): Promise<Relation> {
    const isSameRun = this.isOfSameRun(arrival);
    if (await this.#sockets.answers(doubtMs)) {
      // A call that enters once more may do so before the connection of its first time is closed.
      return isSameRun === false || this.#call === undefined ? 'anotherAsterisk' : 'besideIt';
    }
    if (isSameRun === false && !this.#mayBeRestarted(arrival)) {
      return 'anotherAsterisk';
    }
    if (this.#call === undefined) {
      return 'next';
    }
    return isSameRun === false || (await this.#isOtherCall(this.#call, arrival)) ? 'inItsPlace' : 'next';
  }

  /** Ends it in favour of another one. */
  giveWay(): void {
    const why = `the call of ${this.connection.apps.join(', ')} is over: another one has begun under this name`;
    this.#sockets.end(this.#call?.hasEnded === true ? undefined : new AriError(why));
  }

  /** Whether an Asterisk that was started at another time may be the same one: copies have the same id. */
  #mayBeRestarted({ greeting: { startedAt }, remoteAddress }: Arrival): boolean {
    const { greeting, remoteAddress: before } = this.#arrival;
    return remoteAddress === before && (startedAt ?? 0) >= (greeting.saidAt ?? 0);
  }

  /** The name of a channel comes again, in another run of Asterisk, and when a call enters the application once more. */
  async #isOtherCall(call: CallFinder, { greeting }: Arrival): Promise<boolean> {
    if (call.hasEnded || greeting.begins(call.channelName)) {
      return true;
    }
    return call.channelId !== undefined && (await greeting.hasChannel(call.channelId)) === false;
  }

  #isLast(code: number): boolean {
    return this.#call !== undefined && (code === normalClosure || this.#call.hasEnded);
  }

  async #end(error: Error | undefined): Promise<void> {
    await this.#client.close();
    this.#closed.resolve(error);
  }

  #meet({ apps, asteriskId, release }: Greeting): void {
    noteAsterisk(this.#accepted.core, asteriskId);
    this.#accepted.met(release);
    this.#setApps(apps);
  }

  /** Asterisk has read its configuration anew. */
  #onApps(apps: readonly string[]): void {
    this.#setApps(apps);
    this.#told.apps(apps);
  }

  #setApps(apps: readonly string[]): void {
    this.#apps.clear();
    for (const app of apps) {
      this.#apps.add(app);
    }
  }

  #facts(client: C, { greeting, remoteAddress, requestUrl }: Arrival) {
    const close = (): Promise<void> => this.#client.close();
    return {
      client,
      apps: greeting.apps,
      asteriskId: greeting.asteriskId,
      remoteAddress,
      requestUrl,
      closed: this.#closed.promise,
      close,
      [Symbol.asyncDispose]: close,
    };
  }
}

function optionsOf(
  { http, clientOptions, logger }: OutboundSettings<object>,
  { remoteAddress }: Arrival,
): ClientOptions {
  const host = remoteAddress.includes(':') ? `[${remoteAddress}]` : remoteAddress;
  return { ...clientOptions, ...(http ?? placeholder(`http://${host}/`)), logger };
}
