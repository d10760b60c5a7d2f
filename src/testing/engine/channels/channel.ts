import { type CallerId, NOBODY } from '../caller-id.js';
import type { Bridge } from '../bridges/bridge.js';
import type { StasisStay } from '../stasis/stay.js';
import type { FarEnd, Heard } from './far-end.js';
import type { Dial } from './dial.js';
import { channelSnapshot, type ChannelSnapshot } from './snapshot.js';

export type ChannelState = 'Down' | 'Rsrvd' | 'Ring' | 'Ringing' | 'Up' | 'Busy';

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
  readonly variables = new Map<string, string>();
  /** Values that were written to functions of the dialplan which do nothing here. */
  readonly functions = new Map<string, string>();
  /** Variables that its events carry. */
  readonly reported = new Set<string>();
  hangupCause = 0;
  /** It is being hung up. */
  hangingUp = false;
  /** It is no more. */
  gone = false;
  owner: ChannelOwner | undefined;
  /** The dialling of it, while that goes on. */
  dial: Dial | undefined;
  stasis: StasisStay | undefined;
  /** Who gets the digits that its far side sends: an application of the dialplan. */
  digitListener: ((digit: string, durationMs: number) => void) | undefined;
  /** Digits that came while nobody could take them; `undefined` where such digits are lost. */
  keptDigits: { readonly digit: string; readonly durationMs: number }[] | undefined;
  /** Called once when the next media arrives from the far side. */
  mediaListener: (() => void) | undefined;
  bridge: Bridge | undefined;
  /** What is to be heard when nothing else is: music or silence. */
  background: Heard | undefined;
  /** How the endpoint is dialled; only channels made by ARI's `create` have it. */
  dialString: string | undefined;
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
    this.shown = channelSnapshot(this);
  }
}
