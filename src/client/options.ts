import type { Agent } from 'node:http';
import type { ReconnectOptions } from '../events/reconnect.js';
import type { ExtraHeaders } from '../rest/extra-headers.js';
import type { Fetch } from '../rest/fetch.js';
import type { TlsOptions } from '../rest/tls-options.js';
import type { TransportChoice } from '../rest/transport.js';
import type { RetryOptions } from '../contract/request-options.js';
import type { ValidationLevel } from '../contract/validation.js';
import type { Logger } from '../support/logger.js';

/** Where an Asterisk is and who we are there. */
export interface Credentials {
  /** Of Asterisk's HTTP server, `http://pbx:8088/`; with the prefix of `http.conf`, if it has one. Without credentials. */
  readonly url: string;
  /** Name of a user in `ari.conf`. */
  readonly username: string;
  readonly password: string;
}

/** How a client behaves; all of it may be left out. */
interface BehaviourOptions {
  /**
   * How requests travel. `auto`: over the event connection while it is open and Asterisk answers there (since 20.14,
   * 21.9, 22.4), many times faster than HTTP; over HTTP everything else, such as what might keep Asterisk from answering
   * what comes after, and files. When a request is not answered within some hundred milliseconds, those after it go over
   * HTTP until it is, and so do reads that wait behind it; what is about the same channel, bridge … keeps its order.
   * `websocket`: over the event connection even what may keep others waiting; requests are then carried out one after
   * another, come what may. `http`: never over the event connection.
   * @default 'auto'
   */
  readonly transport?: TransportChoice | undefined;
  /**
   * Sends requests over HTTP, in place of `node:http` and node-fetch. Its connections are its own: `agent` and `tls`
   * then apply to the event connection alone.
   */
  readonly fetch?: Fetch | undefined;
  /** Longest time for a request, in milliseconds, unless a call says otherwise; 0 for no limit. @default 10,000 */
  readonly timeoutMs?: number | undefined;
  /**
   * Most HTTP connections for requests at once. One that is not answered within some hundred milliseconds does not count
   * any more, so that it keeps no others waiting; of such there are as many again at most, and never more connections
   * than twice this number. Asterisk's `sessionlimit` (100) counts them together with event sockets.
   * @default 10
   */
  readonly maxSockets?: number | undefined;
  /** Most requests that may wait for a connection; one more fails at once. @default 10,000 */
  readonly maxQueued?: number | undefined;
  /**
   * How often a request is repeated where that is safe: what was not sent, GET, PUT and DELETE whose answer was lost,
   * what Asterisk refuses while it is starting; and creations under an id of ours, after asking whether they took place.
   * A call is never placed twice. False for never.
   */
  readonly retry?: RetryOptions | false | undefined;
  /** How the event connection comes back after it broke; false if it shall not. */
  readonly reconnect?: ReconnectOptions | false | undefined;
  /** Time between two pings on the event connection, in milliseconds; without an answer it is cut. 0 for none. @default 15,000 */
  readonly pingIntervalMs?: number | undefined;
  /**
   * What to do when another connection registers an application of ours: `yield` leaves it there, `takeBack` opens the
   * event connection anew, with the delays of `reconnect`. Two clients that take back are taking turns for ever.
   * @default 'yield'
   */
  readonly whenReplaced?: 'yield' | 'takeBack' | undefined;
  /**
   * How long the event loop may be blocked, in milliseconds, before a `slow` notice tells so: Asterisk cuts an event
   * connection that takes nothing for 100 ms once its buffers are full. 0 for no notices. @default 100
   */
  readonly slowAfterMs?: number | undefined;
  /**
   * `auto`: Asterisk sends only events of types that somebody listens to, anywhere in this client, and what the client
   * itself needs; each application's event filter is kept that way while the connection is open, whatever it was
   * before, and given back when it is closed or another connection takes the application over. Listening to what is not
   * sent costs one request that lets everything through, and a second later one that narrows it again; a request called
   * meanwhile is sent after the first of the two, so that nothing is missed of what it causes, but waits for a second
   * at most, and the log warns then. Of what others cause, all is heard that happens after the subscription's `ready`.
   * Subscribers to the diagnostics channels see only what is sent, and `applications.filter` is refused for these
   * applications. False: what Asterisk sends is not the client's business.
   * @default false
   */
  readonly eventFilter?: 'auto' | false | undefined;
  /**
   * How closely what Asterisk sends is looked at; what is not as the types say comes as an `invalid` notice, or is
   * logged. `envelope`: whether an event has what every event has, its objects, and they their ids. `full`: everything, with zod,
   * which is loaded only then; that includes events nobody listens to, so each one is parsed. `none`: nothing.
   * @default 'envelope'
   */
  readonly validation?: ValidationLevel | undefined;
  /**
   * What becomes of what is not as the types say: `deliver` hands it on as it is; `drop` keeps events from listeners, and
   * refuses answers with {@link AriProtocolError}.
   * @default 'deliver'
   */
  readonly whenInvalid?: 'deliver' | 'drop' | undefined;
  readonly tls?: TlsOptions | undefined;
  /** Makes the connections, in place of the built-in agent; for proxies. */
  readonly agent?: Agent | undefined;
  /**
   * Headers that every request and every opening of the event connection has besides the client's own, for a gateway
   * before Asterisk: names and values, or a function that is called each time for them, and may take its time within
   * `timeoutMs`. An `Authorization` takes the place of the one with user name and password. What says how a message is
   * framed or how the connection goes on cannot be set (`Host`, `Connection`, `Content-Type` …). Values are kept out of
   * the log and of errors from eight characters on.
   */
  readonly headers?: ExtraHeaders | undefined;
  /**
   * What becomes of an error of a listener that nobody hears as `listenerError`: it is written to the log (`report`), or
   * thrown where nothing catches it (`throw`), which ends a program, and fails the test in which it happens.
   * @default 'report'
   */
  readonly listenerErrors?: 'report' | 'throw' | undefined;
  /** Receives what the client does and what goes wrong. Silent if left out. */
  readonly logger?: Logger | undefined;
}

/** Everything a client is made of. */
export interface ClientOptions extends Credentials, BehaviourOptions {}

/** How a client behaves, and how long one waits for it to connect; all of it may be left out. */
export interface ConnectOptions extends BehaviourOptions {
  /** Gives the connecting up: it then fails with {@link AriAbortError}. Afterwards it means nothing. */
  readonly signal?: AbortSignal | undefined;
}
