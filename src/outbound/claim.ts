import { AriValidationError } from '../errors/validation-error.js';
import { checkCallOptions } from '../support/check-option.js';
import { describe } from '../support/describe.js';
import type { RequestOptions } from '../contract/request-options.js';

/** A channel on offer, of any bindings. */
export interface OfferedChannel {
  readonly id: string;
  waitFor(type: 'StasisStart', options: { readonly signal: AbortSignal }): Promise<unknown>;
}

/** What a claim begins with: `CallBroadcast` of any bindings. */
export interface Offer<Channel extends OfferedChannel> {
  readonly application: string;
  readonly channel: Channel;
}

/** The call that a claim has won, as its `StasisStart` tells of it. */
export interface ClaimedCall<Channel> {
  readonly channel: Channel;
  /** What the dialplan has given `StasisBroadcast()` for the winner. */
  readonly args: readonly string[];
}

/** The client that heard of the offer, of any bindings since 20.20, 22.10 and 23.4. */
export interface Claimant {
  readonly events: {
    claimChannel(
      params: { channelId: string; application: string },
      options?: Omit<RequestOptions, 'retry'>,
    ): Promise<void>;
  };
}

/** How a claim is sent. */
export type ClaimOptions = Pick<RequestOptions, 'signal' | 'timeoutMs'>;

const known = ['signal', 'timeoutMs'] as const satisfies readonly (keyof ClaimOptions)[];

/**
 * Claims the call of a `CallBroadcast` for the application that heard it, and resolves with its `StasisStart`, which may
 * come before the answer to the claim. Of several workers exactly one gets the call. `POST /events/claim`
 * @throws {ConflictError} another application was first; {NotFoundError} the offer is over: too late, or the caller has
 *   hung up; {ObjectGoneError} the caller hung up before the call was in the application; {AriAbortError}
 * @example
 * client.on('CallBroadcast', async (event) => {
 *   const { channel, args } = await claim(client, event);
 *   await channel.answer();
 * });
 */
export async function claim<Channel extends OfferedChannel>(
  client: Claimant,
  offer: Offer<Channel>,
  options: ClaimOptions = {},
): Promise<ClaimedCall<Channel>> {
  checkCallOptions('claim', options, known);
  checkClaim(client, offer);
  const { application, channel } = offer;
  const lost = new AbortController();
  const signal = options.signal === undefined ? lost.signal : AbortSignal.any([options.signal, lost.signal]);
  const started = channel.waitFor('StasisStart', { signal });
  started.catch(() => undefined);
  try {
    await client.events.claimChannel({ channelId: channel.id, application }, options);
  } catch (error) {
    lost.abort(error);
    throw error;
  }
  return (await started) as ClaimedCall<Channel>;
}

function checkClaim(client: Partial<Claimant> | undefined, offer: Partial<Offer<OfferedChannel>> | undefined): void {
  if (typeof client?.events?.claimChannel !== 'function') {
    const allowed = 'must be one whose bindings have events.claimChannel: since 20.20, 22.10 and 23.4';
    throw new AriValidationError(`claim: client ${allowed}, not ${describe(client)}`, 'client');
  }
  const { application, channel } = offer ?? {};
  if (typeof application !== 'string' || typeof channel?.id !== 'string' || typeof channel.waitFor !== 'function') {
    const allowed = 'must be a CallBroadcast, with application and channel';
    throw new AriValidationError(`claim: offer ${allowed}, not ${describe(offer)}`, 'offer');
  }
}
