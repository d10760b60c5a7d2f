import type { Engine } from '../parts.js';
import { source } from '../events.js';
import type { Channel, TransferRequest } from './channel.js';

/** What a telephone is told of its transfer, by what the application reports. */
const NOTICES: Readonly<Record<string, string>> = {
  channel_answered: '200 OK',
  channel_declined: '603 Decline',
  channel_unavailable: '503 Service Unavailable',
};

/** Where a call shall go: to an extension, or to the party of another call of the same telephone. */
export type TransferTarget = { readonly exten: string } | { readonly channel: Channel };

/** Whether Asterisk leaves the transfers of a channel to its application. */
export function isLeftToApplication(channel: Channel): boolean {
  return channel.functions.get('PJSIP_TRANSFER_HANDLING()') === 'ari-only';
}

/** The far side of a channel asks for a transfer, and waits to be told of it. */
export class Transfer implements TransferRequest {
  readonly #engine: Engine;
  readonly #channel: Channel;
  readonly #target: TransferTarget;
  readonly #notify: (status: string, isLast: boolean) => void;

  constructor(
    engine: Engine,
    channel: Channel,
    target: TransferTarget,
    notify: (status: string, isLast: boolean) => void,
  ) {
    this.#engine = engine;
    this.#channel = channel;
    this.#target = target;
    this.#notify = notify;
  }

  request(): void {
    this.#channel.transfer = this;
    this.#notify('100 Trying', false);
    this.#publish();
  }

  report(state: string): void {
    const notice = NOTICES[state];
    if (notice !== undefined) {
      this.#channel.transfer = undefined;
      this.#notify(notice, true);
    }
    // Asterisk tells of what is unavailable as if it had been declined.
    this.#publish(state === 'channel_unavailable' ? 'channel_declined' : state);
  }

  #publish(state?: string): void {
    const event = {
      type: 'ChannelTransfer',
      refer_to: this.#referTo(),
      referred_by: { source_channel: this.#channel.shown, ...this.#partyOf(this.#channel) },
      ...(state !== undefined && { state }),
    };
    this.#engine.publish(event, [source.channel(this.#channel.id)]);
  }

  #referTo(): Record<string, unknown> {
    const target = this.#target;
    if ('exten' in target) return { requested_destination: { destination: target.exten } };
    const { channel } = target;
    const names = ['from', 'to'].map((name) => ({ parameter_name: name, parameter_value: this.#engine.ids.uuid() }));
    return {
      requested_destination: {
        destination: channel.position.exten,
        protocol_id: channel.protocolId,
        additional_protocol_params: names,
      },
      destination_channel: channel.shown,
      ...this.#partyOf(channel),
    };
  }

  /** Whom a channel talks to, and the bridge in which it does. */
  #partyOf(channel: Channel): Record<string, unknown> {
    const bridge = channel.bridge && this.#engine.bridges.find(channel.bridge.id);
    if (!bridge) return {};
    // With anybody else in it, be it the channel that records or plays there, there is no peer.
    const [party, ...others] = [...bridge.members.keys()].filter((member) => member !== channel);
    const isPeer = party !== undefined && others.length === 0 && !party.internal;
    return { ...(isPeer && { connected_channel: party.shown }), bridge: bridge.snapshot() };
  }
}
