import { AllocationFailure, AriFailure } from '../../http/failure.js';
import type { Engine } from '../parts.js';
import { refuseFatalWebSocket } from '../media/fatal-websocket.js';
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
  if (formats === 'none') throw new AllocationFailure();
  if (technology.toLowerCase() === 'websocket') refuseFatalWebSocket(resource, formats);
  const isLocal = technology.toLowerCase() === 'local';
  const taken = isInUse(engine, ids.id) || isInUse(engine, ids.otherId) || (isLocal && isTwice(ids));
  const channel = make();
  if (channel) return channel;
  // Why nothing came of it is looked at only now.
  throw taken ? new AriFailure(409, 'Channel with given unique ID already exists') : new AllocationFailure();

  function make(): Channel | undefined {
    if (isLocal) return taken && ids.id !== '' ? undefined : createLocal(engine, resource, ids);
    return (
      createMediaChannel(engine, technology, resource, ids.id, formats) ??
      engine.endpoints.request(technology, resource, ids.id)
    );
  }
}

/** Whether a channel has the id, or the one of the second half that would belong to it. */
function isInUse(engine: Engine, id: string): boolean {
  return id !== '' && (engine.channels.has(id) || engine.channels.has(`${id};2`));
}

function isTwice({ id, otherId }: ChannelIds): boolean {
  return id !== '' && (id === otherId || id === `${otherId};2`);
}
