import { acceptance, type AcceptedClient, type AcceptedOptions } from '../client/acceptance.js';
import { AriValidationError } from '../errors/validation-error.js';
import type { EventSocket } from '../events/socket.js';
import { Deferred } from '../support/deferred.js';
import { uniqueId } from '../support/unique-id.js';
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

/** How long the present socket of a connection may take to show that it is still there, when another one comes. */
const doubtMs = 1_000;

/** A connection from its first socket to its end, over all interruptions, and the client that lives on it. */
export class Session<C extends object> {
  readonly connection: OutboundConnection<C>;
  readonly #sockets: OfferedSockets;
  readonly #client: OwnedClient;
  readonly #apps = new Set<string>();
  readonly #closed = new Deferred<Error | undefined>();
  readonly #calls: LiveCalls | undefined;
  #accepted: AcceptedClient | undefined;

  /** @param onIdle told whenever the last call has gone */
  constructor(settings: OutboundSettings<C>, arrival: Arrival, onIdle: () => void) {
    const [first = ''] = arrival.greeting.apps;
    const channelName = channelOf(first);
    const callApp = channelName === undefined ? undefined : first;
    this.#sockets = new OfferedSockets({ timeoutMs: settings.resumeTimeoutMs, endsProperly: callApp !== undefined });
    const client = new settings.client(this.#options(settings, arrival, callApp));
    if (this.#accepted === undefined) {
      throw new AriValidationError("option 'client' must be a class of bindings that use this asterisk-ari", 'client');
    }
    this.#client = client as unknown as OwnedClient;
    this.#meet(arrival.greeting);
    const facts = this.#facts(client, arrival);
    if (callApp === undefined || channelName === undefined) {
      const calls = new LiveCalls(this.#client, onIdle);
      this.#calls = calls;
      this.connection = Object.defineProperty({ ...facts, kind: 'persistent', calls: 0 }, 'calls', {
        get: () => calls.size,
      });
    } else {
      const finder = new CallFinder(this.#client, channelName);
      const call = (): Promise<Call<ChannelOf<C>>> => finder.call() as Promise<Call<ChannelOf<C>>>;
      this.connection = { ...facts, kind: 'perCall', app: callApp, channelName, call };
    }
    Object.defineProperty(this.connection, 'apps', { get: () => [...this.#apps] });
  }

  /** Begins to read. */
  async open(socket: EventSocket, { greeting }: Arrival): Promise<void> {
    void this.#client.closed.then((error) => this.#end(error));
    this.#sockets.offer(socket);
    await this.#accepted?.open(greeting.apps);
  }

  /** Goes on with another socket. */
  resume(socket: EventSocket, { greeting }: Arrival): void {
    this.#meet(greeting);
    this.#accepted?.registered(greeting.apps);
    this.#sockets.offer(socket);
  }

  get isOver(): boolean {
    return this.#sockets.isOver;
  }

  /** A persistent connection without calls can be closed without harm. */
  get isIdle(): boolean {
    return this.#calls?.size === 0;
  }

  /** Whether its present socket is still there; then a new one is of another Asterisk. */
  isHeld(): Promise<boolean> {
    return this.#sockets.answers(doubtMs);
  }

  async #end(error: Error | undefined): Promise<void> {
    await this.#client.close();
    this.#closed.resolve(error);
  }

  #meet({ apps, release }: Greeting): void {
    this.#accepted?.met(release);
    this.#apps.clear();
    for (const app of apps) {
      this.#apps.add(app);
    }
  }

  #options(
    { http, clientOptions, logger }: OutboundSettings<C>,
    { remoteAddress }: Arrival,
    callApp: string | undefined,
  ): AcceptedOptions {
    // Without HTTP the credentials are never sent; they only have to look like some.
    const host = remoteAddress.includes(':') ? `[${remoteAddress}]` : remoteAddress;
    const access = http ?? { url: `http://${host}/`, username: 'none', password: uniqueId() };
    return {
      ...clientOptions,
      ...access,
      logger,
      [acceptance]: {
        source: this.#sockets,
        hasHttp: http !== undefined,
        callApp,
        attach: (accepted) => {
          this.#accepted = accepted;
        },
      },
    };
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

/** The channel that an application is for: `PJSIP/alice-00000001` of `ivr:PJSIP/alice-00000001`. */
function channelOf(app: string): string | undefined {
  const [colon, slash] = [app.indexOf(':'), app.lastIndexOf('/')];
  return colon > 0 && slash > colon + 1 && slash < app.length - 1 ? app.slice(colon + 1) : undefined;
}

/** The name of an application in `ari.conf`: `ivr` of `ivr:PJSIP/alice-00000001`. */
export function configuredName(app: string): string {
  return channelOf(app) === undefined ? app : app.slice(0, app.indexOf(':'));
}
