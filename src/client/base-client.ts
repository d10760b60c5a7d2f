import type { Bindings } from '../contract/bindings.js';
import type { Operation } from '../contract/operation.js';
import type { ToldClient } from '../diagnostics/channels.js';
import { warnOfClearText } from '../diagnostics/clear-text.js';
import { AriAbortError } from '../errors/abort-error.js';
import { AriError } from '../errors/ari-error.js';
import { ClientClosed } from '../errors/client-closed.js';
import { AriValidationError } from '../errors/validation-error.js';
import type { EventConnection } from '../events/connection.js';
import { makeListenable, type ClientListenable } from '../events/listenable.js';
import type { Expectation } from '../events/recent-objects.js';
import { scope, type ListenerScope } from '../contract/listener-scope.js';
import { ClientScope } from '../events/scopes.js';
import type { GapNotice, PresentNotice, ReplacedNotice, SlowNotice } from '../contract/notices.js';
import type { ConnectionState, StateChange } from '../contract/connection-state.js';
import type { Subscription } from '../contract/subscription.js';
import type { ListenerFailure, MalformedMessage, UnknownEvent } from '../contract/events.js';
import type { InvalidMessage } from '../contract/validation.js';
import type { ClientCore, OwnParameters } from '../contract/client-core.js';
import { noteCore } from '../contract/asterisk-of.js';
import type { RequestOptions } from '../contract/request-options.js';
import { errorText } from '../support/error-text.js';
import { Deadline } from '../rest/deadline.js';
import type { AriRequest } from '../rest/request.js';
import type { AriResponse } from '../rest/transport.js';
import { withCallApp, withChosenId, type Acceptance } from './acceptance.js';
import { assemble, type ClientParts } from './assemble.js';
import { completeParams } from './complete-params.js';
import { waitUntilIdle, type IdleOptions } from './idle.js';
import { checkStartOptions, type StartOptions } from './start-options.js';
import type { ClientOptions } from './options.js';
import { passOn } from './passing.js';
import { operationOf, type RequestArguments, type RequestRoute } from './raw-request.js';
import { probeServer } from './probe.js';
import { checkApps, type ApplicationListener } from './registrations.js';
import { toldClient } from './told-client.js';
import { endpointOf, serverEndpoint, type ServerEndpoint } from './server-endpoint.js';
import { plainCopy } from './plain-copy.js';
import { checkOptions } from './settings.js';

/** What a client's listeners hear besides Asterisk's events. */
export interface ClientNotices<Event> {
  /** Every event of a type known to the bindings. */
  '*': Event;
  /** An event of a type that the bindings do not know, whole. */
  unknown: UnknownEvent;
  /** A message that is no event. */
  malformed: MalformedMessage;
  /** An event or an answer that is not as the bindings describe it; how closely they are looked at is `validation`. */
  invalid: InvalidMessage;
  /** A listener threw, or its promise was rejected. */
  listenerError: ListenerFailure<Event | UnknownEvent>;
  /** The event connection's state has changed. */
  state: StateChange;
  /** The event connection was interrupted and is open again; what is gone, what is still there. */
  gap: GapNotice;
  /**
   * What was in the applications already when the client was started; comes before `start()` resolves, if there is
   * anything and somebody listens to this by then.
   */
  present: PresentNotice;
  /** Another connection has taken an application over. */
  replaced: ReplacedNotice;
  /** The application is too slow for its events. */
  slow: SlowNotice;
}

/** Never there: by it the types tell which events a client has. */
declare const eventMap: unique symbol;

/** The events of a client, whatever its bindings, and what it tells besides. */
export type ClientEvents<C> = C extends { readonly [eventMap]?: infer M } ? M & ClientNotices<M[keyof M]> : never;

/** What every generated client is: one Asterisk, its requests, its events. */
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging -- makeListenable() below gives what the interface says
export abstract class BaseClient<M> {
  declare readonly [eventMap]?: M;
  readonly #parts: ClientParts;
  readonly #endpoint: ServerEndpoint;
  readonly #acceptance: Acceptance | undefined;
  readonly #told: ToldClient;
  #closed = false;

  constructor(bindings: Bindings, options: ClientOptions) {
    const settings = checkOptions(options);
    this.#acceptance = settings.acceptance;
    this.#told = settings.source.client;
    if (this.#acceptance?.hasHttp !== false) {
      warnOfClearText(settings.baseUrl, settings.logger);
    }
    this.#endpoint = endpointOf(settings);
    this.#parts = assemble(bindings, settings, (...call) => this.#invoke(...call));
    noteCore(this, this.#parts.core);
    this.#acceptance?.attach({
      core: this.#parts.core,
      open: async (apps) => {
        await this.#parts.validator.ready();
        await this.#parts.events.start(apps, {});
      },
      resumed: (apps) => this.#parts.events.resumed(apps),
      met: (release) => {
        this.#parts.requester.server = release;
      },
      watchInterest: (watcher) => this.#parts.dispatcher.singles.watchInterest(watcher),
      watchAudience: (watcher) => this.#parts.dispatcher.watchAudience(watcher),
      owns: (channelIds) => this.#parts.upkeep.owns(channelIds),
      over: () => this.#parts.upkeep.over(),
      ended: this.closed,
      close: () => this.#close(),
      letGo: (kind, id, why) => this.#parts.dispatcher.singles.letGo(kind, id, why),
    });
  }

  /** What repositories and domain objects act through. */
  protected get core(): ClientCore {
    return this.#parts.core;
  }

  /** Where the event connection stands. */
  get state(): ConnectionState {
    return this.#parts.events.state;
  }

  /**
   * Resolves when the event connection is over, the present one or the latest: with the error that ended it, or with
   * nothing if that was on purpose. Before the first `start` it is about that one. It never rejects.
   */
  get closed(): Promise<Error | undefined> {
    return this.#parts.events.closed;
  }

  /** The release of the Asterisk at the other end, as it told when the client connected. */
  get asteriskVersion(): string | undefined {
    return this.#parts.requester.server;
  }

  /**
   * Asks Asterisk for its release, as `connect` does: proof that it is there and knows the user.
   * @throws {AriHttpError} if it does not; {AriConnectionError} if nothing answers
   */
  async probe(options: RequestOptions = {}): Promise<void> {
    this.#parts.requester.server = await probeServer(this.#parts.core, options);
  }

  /**
   * Carries out what the bindings do not know: an operation of a newer Asterisk or of a module of yours, a parameter that
   * Asterisk does not document. Ids go into the path; all else goes into the body of POST and PUT, into the query of GET
   * and DELETE. Limits, repetitions, errors and diagnostics are those of every operation; what the values mean is not
   * looked at. With `transport: 'auto'` it goes over HTTP, since nobody can tell how long Asterisk takes.
   * @param route `POST /channels/{channelId}/play`
   * @returns the answer's JSON as it is; undefined if it has none
   * @throws {AriHttpError} if Asterisk refuses it; {AriConnectionError} if it cannot be reached; {AriAbortError};
   *   {AriProtocolError} if the answer is not JSON; {AriValidationError} for a wrong route, id or option
   */
  async request<const Route extends RequestRoute>(
    route: Route,
    ...[params, options]: RequestArguments<Route>
  ): Promise<unknown> {
    return this.#invoke(operationOf(route, params), params, options);
  }

  /**
   * Loads what validation needs. Connecting, starting and every request do so by themselves: this is for a client that is
   * only fed by `dispatch`.
   */
  async prepare(): Promise<void> {
    await this.#parts.validator.ready();
  }

  /**
   * Opens the event connection for one or several Stasis applications; resolves when it is open. From then on it is
   * kept open until `stop()` or `close()`.
   * @throws {AriHttpError} if Asterisk refuses it; {AriConnectionError} if it cannot be reached; {AriAbortError} if the
   *   signal aborts first; {AriError} if it is open already
   */
  async start(apps: string | readonly string[], options: StartOptions = {}): Promise<void> {
    checkStartOptions('start', options);
    await this.#start(checkApps(apps), options);
  }

  /**
   * Like `start`, and resolves when the event connection is over: by `stop()`, by `close()`, by the signal, or because
   * every application was taken over by another connection.
   * @throws {AriError} what ended the connection, if it was not ended on purpose; what `start` throws
   */
  async run(apps: string | readonly string[], options: StartOptions = {}): Promise<void> {
    checkStartOptions('run', options);
    const names = checkApps(apps);
    const onAbort = (): void => void this.stop();
    try {
      const connection = await this.#start(names, options);
      options.signal?.addEventListener('abort', onAbort, { once: true });
      if (options.signal?.aborted) {
        onAbort();
      }
      const error = await connection.ended;
      if (error !== undefined) {
        throw error;
      }
    } catch (error) {
      if (!options.signal?.aborted) {
        throw error;
      }
    } finally {
      options.signal?.removeEventListener('abort', onAbort);
    }
  }

  /**
   * Closes the event connection; requests are still possible, and another `start`. Subscriptions to device states are
   * taken back first: an Asterisk without an answer to that holds it up for a second.
   * @throws {AriError} if the client is one of a fleet, which keeps it open
   */
  async stop(): Promise<void> {
    this.#refuseIfOwned('stop');
    await this.#parts.events.stop();
  }

  /**
   * Closes everything: the event connection as `stop` does, pending requests and waits (with {@link AriAbortError}), idle
   * sockets. A listener that fails of that is not reported.
   * @throws {AriError} if the client is one of a fleet, which closes it with itself
   */
  async close(): Promise<void> {
    this.#refuseIfOwned('close');
    await this.#close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /**
   * Resolves when all that listeners started is done: no promise that a listener returned and no request is under way,
   * and what Asterisk had sent by then has been heard and started nothing more. For tests, and before `close()`.
   * @throws {AriTimeoutError} if `timeoutMs` passes first; {AriAbortError} if the signal aborts
   */
  idle(options: IdleOptions = {}): Promise<void> {
    return waitUntilIdle(this.#parts.business, () => this.#parts.events.readAll(), options);
  }

  /**
   * Calls the listener whenever Asterisk has registered the application for this client, on every (re)connection; at
   * once, if it is registered already.
   */
  onApplicationRegistered(app: string, listener: ApplicationListener): Subscription {
    return this.#parts.registrations.onRegistered(app, listener);
  }

  /** Calls the listener whenever the application is no longer registered for this client. */
  onApplicationDeregistered(app: string, listener: ApplicationListener): Subscription {
    return this.#parts.registrations.onDeregistered(app, listener);
  }

  /**
   * Feeds an event that came some other way than the event connection, or to another client. The data is copied. With `validation: 'full'`,
   * events are looked at fully once the client is connected, or prepared.
   * @throws {AriValidationError} if it is no plain data, as `JSON.parse` makes it
   */
  dispatch(event: object): void {
    const { dispatcher, upkeep } = this.#parts;
    let copy: unknown;
    try {
      copy = plainCopy(event);
    } catch (cause) {
      if (!(cause instanceof RangeError)) {
        const message = 'dispatch(): the event must be plain data, as JSON.parse makes it';
        throw new AriValidationError(message, 'event', { cause });
      }
      dispatcher.refuse(errorText(event), 'nested too deeply');
      return;
    }
    upkeep.fed((event as { application?: unknown } | null)?.application);
    dispatcher.dispatch(copy);
  }

  /** `AriClient http://localhost:8088`; the name alone where only Asterisk knows where it is */
  toString(): string {
    const { url } = this.#endpoint;
    return url === undefined ? this.constructor.name : `${this.constructor.name} ${url}`;
  }

  /** @internal */
  [scope](): ListenerScope {
    return new ClientScope(this.#parts.dispatcher);
  }

  /** @internal */
  [passOn](request: AriRequest, options: RequestOptions): Promise<AriResponse> {
    return this.#parts.requester.pass(request, options);
  }

  /** @internal */
  [serverEndpoint](): ServerEndpoint {
    return this.#endpoint;
  }

  /** @internal */
  [toldClient](): ToldClient {
    return this.#told;
  }

  async #close(): Promise<void> {
    this.#closed = true;
    this.#parts.failures.closing();
    // Where Asterisk need not be told, pending requests are given up at once.
    const leaving = this.#parts.events.leave();
    if (leaving !== undefined) {
      await leaving;
    }
    this.#parts.requester.close();
    await this.#parts.events.close();
    const cause = new ClientClosed();
    this.#parts.dispatcher.end(new AriAbortError(cause.message, 'notSent', { cause }));
  }

  #refuseIfOwned(call: string): void {
    if (this.#acceptance?.owner !== undefined) {
      throw new AriError(`${call}(): this client belongs to ${this.#acceptance.owner}`);
    }
  }

  async #start(apps: readonly string[], options: StartOptions): Promise<EventConnection> {
    if (this.#closed) {
      throw new AriError('start(): the client is closed');
    }
    this.#refuseIfOwned('start');
    if (this.#acceptance !== undefined) {
      throw new AriError(
        'start(): Asterisk has opened the connection of this client, and names its applications itself',
      );
    }
    const ready = this.#parts.validator.ready();
    if (ready !== undefined) {
      await ready;
    }
    return this.#parts.events.start(apps, options);
  }

  async #invoke(
    operation: Operation,
    given: object | undefined,
    options: RequestOptions | undefined,
    own?: OwnParameters,
  ): Promise<unknown> {
    const params = completeParams(operation, given, own);
    if (operation.upgrade === undefined) {
      return this.#request(operation, this.#completed(operation, params), options);
    }
    const { signal, timeoutMs } = this.#parts.requester.prepare(operation, params, options);
    const { app, subscribeAll } = params as { app: string | readonly string[]; subscribeAll?: boolean };
    const deadline = new Deadline(operation.name, timeoutMs, signal);
    try {
      return await this.start(app, { subscribeAll, signal: deadline.signal });
    } catch (error) {
      throw deadline.hasEnded ? deadline.error('notSent') : error;
    } finally {
      deadline.clear();
    }
  }

  /** What the connection that the client lives on has to say to a request. */
  #completed(operation: Operation, params: object | undefined): object | undefined {
    if (this.#acceptance?.transport !== undefined) {
      return withChosenId(operation, params);
    }
    return withCallApp(this.#acceptance?.callApp, operation, params);
  }

  async #request(
    operation: Operation,
    params: object | undefined,
    options: RequestOptions | undefined,
  ): Promise<unknown> {
    const { upkeep, requester, business } = this.#parts;
    const call = requester.prepare(operation, params, options);
    business.requests.begin();
    let expectation: Expectation | undefined;
    try {
      const held = upkeep.before(operation, params, options?.signal);
      if (held !== undefined) {
        await held;
      }
      expectation = upkeep.called(operation, params);
      const result = await requester.send(call, upkeep.arrivalOf(params));
      upkeep.succeeded(operation, params, result, expectation);
      return result;
    } catch (error) {
      upkeep.failed(params, error, expectation);
      throw error;
    } finally {
      business.requests.end();
    }
  }
}

// oxlint-disable-next-line typescript/no-unsafe-declaration-merging
export interface BaseClient<M> extends ClientListenable<M & ClientNotices<M[keyof M]>> {}

makeListenable(BaseClient);
