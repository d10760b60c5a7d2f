import { timestamp } from '../timestamp.js';
import type { Channel } from './channel.js';

/** A channel as ARI shows it. */
export function channelSnapshot(channel: Channel): Record<string, unknown> {
  const { position } = channel;
  const reported = [...channel.reported].map((name) => [name, channel.variables.get(name) ?? '']);
  return {
    id: channel.id,
    name: channel.name,
    state: channel.state,
    protocol_id: channel.protocolId,
    caller: { ...channel.caller },
    connected: { ...channel.connected },
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
