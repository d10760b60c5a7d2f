import { serverEndpoint, type ServerEndpoint } from '../../client/server-endpoint.js';
import { AriValidationError } from '../../errors/validation-error.js';
import { describe } from '../../support/describe.js';

/** Options of a wait. */
interface Wait {
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What is needed of a channel, by its id alone. */
export interface MediaChannel {
  readonly id: string;
  waitFor(type: 'StasisStart' | 'ChannelDestroyed', options?: Wait): Promise<unknown>;
  hangup(params?: undefined, options?: Wait): Promise<void>;
}

/**
 * What is needed of a client, whatever bindings it has: those of this package, or a user's own.
 * `client.channels.externalMedia` must know the parameters that the chosen way needs.
 */
export interface MediaClient {
  readonly channels: {
    handle(id?: string): MediaChannel;
    // Parameters differ from release to release: what is given here is a part of what each of them knows.
    externalMedia(params: never, options?: Wait): Promise<MediaChannelSnapshot>;
  };
  /** @internal */
  [serverEndpoint]?(): ServerEndpoint;
}

/** The channel as `externalMedia` answers. */
export interface MediaChannelSnapshot {
  readonly id: string;
  readonly name: string;
  readonly channelvars?: Readonly<Record<string, unknown>> | undefined;
}

/** The channel object of a client's bindings. */
export type ChannelOf<C extends MediaClient> = Awaited<ReturnType<C['channels']['externalMedia']>>;

/** @throws {AriValidationError} */
export function checkClient(client: Partial<MediaClient> | undefined): void {
  const channels: Partial<MediaClient['channels']> | undefined = client?.channels;
  if (typeof channels?.handle !== 'function' || typeof channels.externalMedia !== 'function') {
    const allowed = 'must be a client of bindings with channels.externalMedia';
    throw new AriValidationError(`openMedia: client ${allowed}, not ${describe(client)}`, 'client');
  }
}
