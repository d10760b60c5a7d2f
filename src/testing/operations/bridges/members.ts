import type { Channel } from '../../engine/channels/channel.js';
import { AriFailure } from '../../http/failure.js';
import { noContent } from '../../http/reply.js';
import type { Handlers, OperationCall } from '../handler.js';
import { requireBridge } from './require.js';
import type { Controlled } from '../channels/require.js';

export const members: Handlers = {
  addChannel: async (call) => {
    const { engine, params } = call;
    const bridge = requireBridge(call);
    const membership = {
      role: params.text('role'),
      absorbDtmf: params.flag('absorbDTMF'),
      mute: params.flag('mute'),
      inhibitConnectedLineUpdates: params.flag('inhibitConnectedLineUpdates'),
    };
    for (const { channel, stay } of requireMembers(call)) {
      if (stay.recording !== undefined) throw new AriFailure(409, `Channel ${channel.id} currently recording`);
      await stay.commands.call(() => engine.bridges.join(bridge, channel, membership));
    }
    return noContent();
  },

  removeChannel: async (call) => {
    const bridge = requireBridge(call);
    const channels = requireMembers(call);
    for (const { channel } of channels) {
      if (channel.bridge !== bridge) throw new AriFailure(422, 'Channel not in this bridge');
    }
    for (const { channel, stay } of channels) {
      await stay.commands.call(() => call.engine.bridges.remove(channel));
    }
    return noContent();
  },

  setVideoSource: (call) => {
    const bridge = requireBridge(call);
    const { channel } = controlled(call, call.params.text('channelId'));
    if (channel.bridge !== bridge) throw new AriFailure(422, 'Channel not in this bridge');
    call.engine.bridges.setVideoSource(bridge, channel);
    return noContent();
  },

  clearVideoSource: (call) => {
    // Nobody is told, and the bridge does not show it yet.
    requireBridge(call).videoCleared = true;
    return noContent();
  },
};

function requireMembers(call: OperationCall): Controlled[] {
  const ids = call.params.list('channel').filter((id) => id !== '' && !id.startsWith('\0'));
  if (ids.length === 0) throw new AriFailure(400, 'Missing parameter channel');
  return ids.map((id) => controlled(call, id));
}

function controlled({ engine }: OperationCall, id: string): Controlled {
  const channel: Channel | undefined = engine.channels.find(id);
  if (!channel) throw new AriFailure(400, 'Channel not found');
  if (!channel.stasis || channel.id !== id) throw new AriFailure(422, 'Channel not in Stasis application');
  return { channel, stay: channel.stasis };
}
