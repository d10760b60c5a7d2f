import type { Subscription } from '../contract/subscription.js';
import { checkWhole } from '../support/check-option.js';
import type { CallOptions, FlowChannel } from './parties.js';

/** What flows need of a channel whose talking is detected. A `Channel` and a handle of one will do. */
export interface TalkingChannel extends FlowChannel {
  on(
    type: 'ChannelDtmfReceived',
    listener: (channel: unknown, event: { readonly digit: string }) => unknown,
    options: { readonly distinct: true },
  ): Subscription;
  on(
    type: 'ChannelTalkingFinished',
    listener: (channel: unknown, event: { readonly duration: number }) => unknown,
    options: { readonly distinct: true },
  ): Subscription;
  on(
    type: 'ChannelTalkingStarted',
    listener: (channel: unknown, event: unknown) => unknown,
    options: { readonly distinct: true },
  ): Subscription;
  on(
    type: 'ChannelHangupRequest' | 'ChannelTalkingStarted' | 'ChannelTalkingFinished',
    listener: (channel: unknown, event: unknown) => unknown,
  ): Subscription;
  // Bindings differ in what they take: what is given here is a part of what each of them does.
  setChannelVar(params: never, options?: CallOptions): Promise<void>;
}

/** What is taken for talking. */
export interface TalkSettings {
  /** Milliseconds of silence after which somebody has ceased to talk. @default 2,500 */
  readonly silenceMs?: number | undefined;
  /** The mean of the samples of 20 ms of audio from which on it is no silence: the smaller, the more counts. @default 256 */
  readonly energy?: number | undefined;
}

/** Somebody begins to talk, or ceases after so many milliseconds, the silence not counted. */
export type Talk = { readonly type: 'start' } | { readonly type: 'stop'; readonly durationMs: number };

export const talkSettings = ['silenceMs', 'energy'] as const satisfies readonly (keyof TalkSettings)[];

/** As Asterisk takes it. @throws {AriValidationError} */
export function checkTalk(settings: TalkSettings): string {
  const silenceMs = checkWhole('silenceMs', settings.silenceMs, 2_500, 1);
  return `${silenceMs},${checkWhole('energy', settings.energy, 256, 1)}`;
}

/** Listens whether somebody talks on a channel, once `start` has had Asterisk detect it. */
export class TalkDetection {
  readonly #channel: TalkingChannel;
  readonly #subscriptions: readonly Subscription[];

  constructor(channel: TalkingChannel, onTalk: (talk: Talk) => void) {
    this.#channel = channel;
    const distinct = { distinct: true } as const;
    this.#subscriptions = [
      channel.on('ChannelTalkingStarted', () => onTalk({ type: 'start' }), distinct),
      channel.on(
        'ChannelTalkingFinished',
        (_channel, { duration }) => onTalk({ type: 'stop', durationMs: duration }),
        distinct,
      ),
    ];
  }

  /** @param settings of {@link checkTalk} */
  start(settings: string): Promise<void> {
    return this.#channel.setChannelVar({ variable: 'TALK_DETECT(set)', value: settings } as never);
  }

  /** Asterisk detects it no longer, whoever had it do so. */
  stop(): Promise<void> {
    return this.#channel.setChannelVar({ variable: 'TALK_DETECT(remove)', value: '' } as never);
  }

  close(): void {
    for (const subscription of this.#subscriptions) {
      subscription.close();
    }
  }
}
