import type { Call } from './call.js';

/** What every connection has that Asterisk has opened to this server. */
interface ConnectionFacts<C> {
  /** A whole client that lives on this connection: its events, its requests. It can't be started; closing it ends all. */
  readonly client: C;
  /** Applications that Asterisk has registered for it at present, by their full names. */
  readonly apps: readonly string[];
  /** `system.entity_id` of the Asterisk at the other end, as its events carry it. */
  readonly asteriskId: string;
  /** Address of who has connected last: of the Asterisk, or of the proxy before it. */
  readonly remoteAddress: string;
  /** What the connection asked for: path and query of the `uri` in `websocket_client.conf`. */
  readonly requestUrl: string;
  /** Resolves when it is over for good: with the error that ended it, or with nothing if it has come to its proper end. */
  readonly closed: Promise<Error | undefined>;
  /** Closes it, and the client. Asterisk opens a persistent one again. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A connection that Asterisk keeps open for its applications: `connection_type=persistent`. */
export interface PersistentConnection<C> extends ConnectionFacts<C> {
  readonly kind: 'persistent';
  /** How many calls are in its applications that have entered them over this connection. */
  readonly calls: number;
}

/** A connection that Asterisk has opened for one call: `connection_type=per_call_config`. It ends with the call. */
export interface PerCallConnection<C> extends ConnectionFacts<C> {
  readonly kind: 'perCall';
  /**
   * The application's full name, `ivr:PJSIP/alice-00000001`. What this client originates or creates without `app` enters
   * this one; the bare name would have Asterisk open another connection.
   */
  readonly app: string;
  /** The call's channel by its name: `PJSIP/alice-00000001`. */
  readonly channelName: string;
  /**
   * Resolves with the call. If the connection comes from another worker that is gone, Asterisk does not repeat
   * `StasisStart`: the channel is then looked up by its name, and the call is `adopted`.
   * @throws {AriError} if there is no such channel any more, or the connection ends before
   */
  call(): Promise<Call<ChannelOf<C>>>;
}

/** A connection that Asterisk has opened; `kind` tells which of the two. */
export type OutboundConnection<C> = PersistentConnection<C> | PerCallConnection<C>;

/** Who is told of new connections. */
export type ConnectionListener<C> = (connection: OutboundConnection<C>) => unknown;

/** The channels of a client. */
export type ChannelOf<C> = C extends { readonly channels: { list(): Promise<(infer Channel)[]> } } ? Channel : never;
