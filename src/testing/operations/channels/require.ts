import type { Channel, Stay } from '../../engine/channels/channel.js';
import { AriFailure } from '../../http/failure.js';
import type { OperationCall } from '../handler.js';

/** A channel and its stay in an application. */
export interface Controlled {
  readonly channel: Channel;
  readonly stay: Stay;
}

/** The channel of a request, which must be in an application. */
export function requireControlled({ engine, params }: OperationCall): Controlled {
  const id = params.text('channelId');
  const channel = engine.channels.find(id);
  if (!channel) throw new AriFailure(404, 'Channel not found');
  // Channels are found whatever the case of their ids; what is in applications is not.
  if (!channel.stasis || channel.id !== id) throw new AriFailure(409, 'Channel not in Stasis application');
  return { channel, stay: channel.stasis };
}

/** The same, which must be beyond dialling and ringing. */
export function requireEstablished(call: OperationCall): Controlled {
  const controlled = requireControlled(call);
  if (['Down', 'Rsrvd', 'Ringing'].includes(controlled.channel.state)) {
    throw new AriFailure(412, 'Channel in invalid state');
  }
  return controlled;
}

/** The channel of a request, wherever it is. */
export function requireChannel({ engine, params }: OperationCall): Channel {
  const channel = engine.channels.find(params.text('channelId'));
  if (!channel) throw new AriFailure(404, 'Channel not found');
  return channel;
}

/** The same for the operations that have words of their own. */
export function requireProvidedChannel({ engine, params }: OperationCall): Channel {
  const channel = engine.channels.find(params.text('channelId'));
  if (!channel) throw new AriFailure(404, 'Provided channel was not found', 'Channel Not Found');
  return channel;
}
