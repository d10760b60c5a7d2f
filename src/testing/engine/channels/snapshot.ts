import type { CallerId } from '../caller-id.js';
import { timestamp } from '../timestamp.js';
import type { Channel, ChannelState } from './channel.js';

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

/** A channel as ARI would show it if it looked now. */
export function channelSnapshot(channel: Channel): ChannelSnapshot {
  const { position } = channel;
  const reported = [...channel.reported].map((name) => [name, channel.variables.get(name) ?? '']);
  return {
    id: channel.id,
    name: channel.name,
    state: channel.state,
    protocol_id: channel.protocolId,
    caller: channel.caller,
    connected: channel.connected,
    accountcode: channel.accountcode,
    dialplan: {
      context: position.context,
      exten: position.exten,
      priority: position.priority < 0 ? null : position.priority,
      app_name: position.app,
      app_data: position.data,
    },
    creationtime: timestamp(channel.created),
    language: channel.language,
    ...(reported.length > 0 && { channelvars: Object.fromEntries(reported) }),
  };
}
