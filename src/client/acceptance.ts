import type { ClientCore } from '../contract/client-core.js';
import type { Operation } from '../contract/operation.js';
import type { InterestWatcher } from '../events/interest.js';
import type { SocketSource } from '../events/socket-source.js';
import type { AudienceWatcher } from '../events/topic.js';
import { createdBy } from '../rest/creation.js';
import type { Transport } from '../rest/transport.js';
import { uniqueId } from '../support/unique-id.js';
import type { ClientOptions } from './options.js';

/** What a server that Asterisk connects to does with a client that it has made. */
export interface AcceptedClient {
  /** What its objects act through. */
  readonly core: ClientCore;
  /** Starts reading; resolves when the connection is open. */
  open(apps: readonly string[]): Promise<void>;
  /** Asterisk has connected again, for these applications. */
  resumed(apps: readonly string[]): void;
  /** The release of the Asterisk at the other end is known. */
  met(release: string | undefined): void;
  /** Names who is told which objects' events are wanted. */
  watchInterest(watcher: InterestWatcher): void;
  /** Names who is told which types of events come to be listened to, or are no longer. */
  watchAudience(watcher: AudienceWatcher): void;
  /** Names channels that are its business, listened to or not: what has become of them is told after an interruption. */
  owns(channelIds: ReadonlySet<string>): void;
  /** An object is none of this client's any more, though it goes on elsewhere: ends what listens to it and waits for it. */
  letGo(kind: string, id: string, why: string): void;
  /** Asterisk is gone for good: ends what is listened to, and tells the `gap` that this leaves. */
  over(): void;
  /** Resolves when the event connection is over. */
  readonly ended: Promise<unknown>;
  /** Closes the client, whoever may. */
  close(): Promise<void>;
}

/** A connection that somebody else has opened, Asterisk or what stands between, for a client to live on. */
export interface Acceptance {
  readonly source: SocketSource;
  /** Whether Asterisk's HTTP server can be reached besides. */
  readonly hasHttp: boolean;
  /** The application of one call, if that is what the connection is for. */
  readonly callApp: string | undefined;
  /** How requests travel, if neither over the connection nor over HTTP. */
  readonly transport?: Transport;
  /** Who alone may stop and close the client, and how; anybody, if left out. */
  readonly owner?: string;
  /** Told which applications there are, whenever that has changed. */
  readonly onApps: (apps: readonly string[]) => void;
  /** Told of the client, once. */
  readonly attach: (client: AcceptedClient) => void;
}

/** Where a server that Asterisk connects to puts the connection among a client's options; not for applications. */
export const acceptance = Symbol('acceptance');

export interface AcceptedOptions extends ClientOptions {
  readonly [acceptance]?: Acceptance;
}

/** What puts new channels into an application. */
const entering = new Set([
  'channels.originate',
  'channels.originateWithId',
  'channels.create',
  'channels.externalMedia',
]);

/** Parameters with the application of the call where they name no destination: a bare name would open another connection. */
export function withCallApp(
  callApp: string | undefined,
  { name }: Operation,
  params: object | undefined,
): object | undefined {
  if (callApp === undefined || !entering.has(name)) {
    return params;
  }
  const { app, extension } = (params ?? {}) as { app?: unknown; extension?: unknown };
  return app === undefined && extension === undefined ? { ...params, app: callApp } : params;
}

/**
 * Parameters with an id of ours for a channel that would get one of Asterisk's: whoever passes the request on can tell
 * then whose the channel is, before Asterisk has answered.
 */
export function withChosenId(operation: Operation, params: object | undefined): object | undefined {
  const made = createdBy(operation);
  if (made?.kind !== 'Channel' || (params as Record<string, unknown> | undefined)?.[made.idName] !== undefined) {
    return params;
  }
  return { ...params, [made.idName]: uniqueId() };
}
