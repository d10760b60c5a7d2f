import { type CallerId, NOBODY } from '../caller-id.js';
import type { CommandQueue } from '../stasis/command-queue.js';
import type { AudioFrame } from '../media/audio-frame.js';
import { timestamp } from '../timestamp.js';
import { Variables } from '../variables.js';
import type { FarEnd, Heard, Signal } from './far-end.js';
import type { ChannelSnapshot, ChannelState } from './snapshot.js';

/** Where a channel stands in the dialplan, and the application that has it. */
export interface DialplanPosition {
  readonly context: string;
  readonly exten: string;
  readonly priority: number;
  readonly app: string;
  readonly data: string;
}

/** Whoever runs a channel at the moment: the dialplan, an application, a dial. */
export interface ChannelOwner {
  /** The channel was hung up; the owner lets go of it and sees to its end. */
  hungUp(): void;
}

/** The dialling of a channel, until somebody answers or it fails. */
export interface Dialling {
  /** Somebody is being dialled: that is told. */
  begun(): void;
  /** The far side signals how it goes. */
  receive(signal: Signal): void;
  /** The far side hung up before anybody answered. */
  farSideHungUp(cause: number): void;
  /** Stops without a result. */
  end(): void;
}

/** Who listens to a channel's far side whether somebody talks there. */
export interface TalkEar {
  hear(heard: Heard): void;
  hearEnd(): void;
  frame(frame: AudioFrame): void;
  /** As if somebody began to talk. */
  begin(): void;
  /** As if somebody had talked for so long. */
  cease(durationMs: number): void;
  set(silenceMs: number, energy: number): void;
  close(): void;
}

/** Someone who wants to know the digits that a channel in an application receives. */
export type DigitTap = (digit: string) => void;

/** A channel's stay in an application. */
export interface Stay extends ChannelOwner {
  readonly application: string;
  /** What is played and recorded, one thing after the other. */
  readonly commands: CommandQueue;
  /** A recording that waits for a key. */
  digitTap: DigitTap | undefined;
  /** The name of a recording that is made of this channel. */
  recording: string | undefined;
  /** Hands the channel to another application, if that one is there. A bridge that it is in is not left. */
  move(application: string, args: readonly string[]): void;
  /** Sends the channel elsewhere in the dialplan. */
  continue(context: string, exten: string, priority: number): void;
  /** Does something once the stay is over; at once if it is. */
  whenOver(action: () => void): void;
}

/** A transfer that the far side has asked for, until it is told how that ended. */
export interface TransferRequest {
  /** The application reports how far it has got: `channel_progress`, `channel_answered` … */
  report(state: string): void;
}

export interface ChannelInit {
  readonly id: string;
  readonly name: string;
  readonly technology: string;
  readonly created: number;
  readonly state: ChannelState;
  readonly context: string;
  readonly exten: string;
  readonly farEnd: FarEnd;
  readonly caller?: CallerId;
  readonly protocolId?: string;
  /** `TECH/RESOURCE` of the endpoint that it belongs to. */
  readonly endpoint?: string;
}

/** A channel: one leg of a call. Plain state; what happens to it is done by the parts of the engine. */
export class Channel {
  readonly id: string;
  readonly name: string;
  readonly technology: string;
  readonly created: number;
  readonly protocolId: string;
  readonly farEnd: FarEnd;
  readonly endpoint: string | undefined;
  state: ChannelState;
  caller: CallerId;
  connected: CallerId = NOBODY;
  accountcode = '';
  language = 'en';
  position: DialplanPosition;
  /** What others know of it: what it was when `Channels.update` last looked. Every event carries this. */
  shown: ChannelSnapshot;
  /** What shows as its application when no dialplan runs. */
  restingApp = { app: '', data: '' };
  readonly variables = new Variables();
  /** Values that were written to functions of the dialplan which do nothing here. */
  readonly functions = new Map<string, string>();
  /** Names of the variables and functions that its events carry, and how to read each. */
  readonly reported = new Map<string, () => string>();
  hangupCause = 0;
  /** Nobody reads what comes from its far side, so why that hangs up is not learnt. */
  unread = false;
  /** How its connection for media ended, if it did. */
  techCause: number | undefined;
  /** Nobody runs it yet: who asks it to hang up is not heard before somebody does. */
  waits = false;
  /** It is being hung up. */
  hangingUp = false;
  /** It is no more. */
  gone = false;
  owner: ChannelOwner | undefined;
  /** The dialling of it, while that goes on. */
  dial: Dialling | undefined;
  stasis: Stay | undefined;
  /** Who gets the digits that its far side sends: an application of the dialplan. */
  digitListener: ((digit: string, durationMs: number) => void) | undefined;
  /** Digits that came while nobody could take them; `undefined` where such digits are lost. */
  keptDigits: { readonly digit: string; readonly durationMs: number }[] | undefined;
  /** Who gets the audio that its far side sends: an application of the dialplan. */
  audioListener: ((frame: AudioFrame) => void) | undefined;
  /** Called once when the next media arrives from the far side. */
  mediaListener: (() => void) | undefined;
  /** Who listens whether somebody talks. */
  talk: TalkEar | undefined;
  /** The bridge that it is in. */
  bridge: { readonly id: string } | undefined;
  /** What is to be heard when nothing else is: music or silence. */
  background: Heard | undefined;
  /** What its far side waits for, if it has asked for a transfer. */
  transfer: TransferRequest | undefined;
  /** How the endpoint is dialled; only channels made by ARI's `create` have it. */
  dialString: string | undefined;
  /** It was dialled by ARI's `dial`. */
  dialled = false;
  /** Asterisk keeps a channel that was dialled in a bridge of its own, until it has been in another one. */
  inDialBridge = false;
  /** What is to be done when it is no more. */
  readonly afterlife: (() => void)[] = [];
  /** Hidden from lists and events: the announcers and recorders of bridges. */
  internal = false;

  constructor(init: ChannelInit) {
    this.id = init.id;
    this.name = init.name;
    this.technology = init.technology;
    this.created = init.created;
    this.protocolId = init.protocolId ?? '';
    this.farEnd = init.farEnd;
    this.endpoint = init.endpoint;
    this.state = init.state;
    this.caller = init.caller ?? NOBODY;
    this.position = { context: init.context, exten: init.exten, priority: 1, app: '', data: '' };
    this.shown = this.snapshot();
  }

  /** As ARI would show it if it looked now. */
  snapshot(): ChannelSnapshot {
    const { position } = this;
    const reported = [...this.reported].map(([name, read]) => [name, read()]);
    return {
      id: this.id,
      name: this.name,
      state: this.state,
      protocol_id: this.protocolId,
      caller: this.caller,
      connected: this.connected,
      accountcode: this.accountcode,
      dialplan: {
        context: position.context,
        exten: position.exten,
        priority: position.priority < 0 ? null : position.priority,
        app_name: position.app,
        app_data: position.data,
      },
      creationtime: timestamp(this.created),
      language: this.language,
      ...(reported.length > 0 && { channelvars: Object.fromEntries(reported) }),
    };
  }
}
