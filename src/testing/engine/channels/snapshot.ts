import type { CallerId } from '../caller-id.js';

export type ChannelState = 'Down' | 'Rsrvd' | 'Ring' | 'Ringing' | 'Up' | 'Busy';

/** A channel as ARI shows it. */
export interface ChannelSnapshot {
  readonly id: string;
  readonly name: string;
  readonly state: ChannelState;
  readonly protocol_id: string;
  readonly caller: CallerId;
  readonly connected: CallerId;
  readonly accountcode: string;
  readonly dialplan: {
    readonly context: string;
    readonly exten: string;
    readonly priority: number | null;
    readonly app_name: string;
    readonly app_data: string;
  };
  readonly creationtime: string;
  readonly language: string;
  readonly channelvars?: Readonly<Record<string, string>>;
}
