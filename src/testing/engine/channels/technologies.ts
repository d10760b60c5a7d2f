import { AllocationFailure, AriFailure } from '../../http/failure.js';
import type { Engine } from '../parts.js';
import type { Channel } from './channel.js';
import { createLocal, type ChannelIds } from './local.js';
import { createMediaChannel } from './media-channel.js';

/** Makes the channel that `TECH/RESOURCE` stands for, not yet dialled. */
export function requestChannel(
  engine: Engine,
  technology: string,
  resource: string,
  ids: ChannelIds,
  formats: string,
): Channel {
  for (const id of [ids.id, ids.otherId]) {
    if (id !== '' && engine.channels.has(id)) throw new AriFailure(409, 'Channel with given unique ID already exists');
  }
  if (technology.toLowerCase() === 'local') return createLocal(engine, resource, ids);
  const channel =
    createMediaChannel(engine, technology, resource, ids.id, formats) ??
    engine.endpoints.request(technology, resource, ids.id);
  if (!channel) throw new AllocationFailure();
  return channel;
}
